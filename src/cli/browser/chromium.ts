import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LabError } from '../../lib/contracts/errors';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The Chromium on this machine: `CHROMIUM_PATH`, else on the PATH, else in the usual places. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => commands.map((command) => join(folder, command)));
  return [...onPath, ...usualPlaces].find((path) => existsSync(path));
}

/** Error: `browser-missing`, naming the command that installs one here. */
export function requireChromium(env: NodeJS.ProcessEnv = process.env): string {
  const found = findChromium(env);
  if (found !== undefined) return found;
  throw new LabError(
    'browser-missing',
    `The engines webgpu and wasm run in Chromium, and there is none. Install it (${installCommand()}), ` +
      'name it in CHROMIUM_PATH, or choose another engine.',
  );
}

function installCommand(): string {
  if (process.platform === 'darwin') return 'brew install --cask chromium';
  if (process.platform === 'win32') return 'winget install Google.Chrome';
  return 'sudo apt-get install chromium';
}

/** Quiet, without calls home; a sandbox is not to be had by root in a container. */
export const chromiumArgs: readonly string[] = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** WebGPU where the browser would not offer it by itself, as on Linux. */
export const gpuArgs: readonly string[] = ['--enable-unsafe-webgpu'];

/** WebGPU without a GPU. */
export const softwareGpuArgs: readonly string[] = [...gpuArgs, '--use-webgpu-adapter=swiftshader'];
