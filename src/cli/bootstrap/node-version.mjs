/** The Node versions that package.json names under `engines`, checked before anything else can fail. */
const lines = [
  { major: 20, minor: 19 },
  { major: 22, minor: 13 },
];
const everyFrom = 24;

/**
 * Why this Node cannot run the lab, or `null` when it can.
 *
 * @param {string} version such as "20.19.0"
 * @returns {string | null}
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const line = lines.find((known) => known.major === major);
  if (major >= everyFrom || (line !== undefined && minor >= line.minor)) return null;
  return (
    `Interplay Lab needs Node 20.19 or newer, 22.13 or newer, or 24 or newer; this is ${version}. ` +
    'Install a current version from https://nodejs.org and try again.'
  );
}
