/** The Chromium that tests drive is the command's. */
export { chromiumArgs, findChromium, softwareGpuArgs } from '../../src/cli/browser/chromium';
