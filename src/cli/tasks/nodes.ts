/** Node lines under which the unit tests run besides the present one. */
export const otherNodes: readonly number[] = [22, 24];

/**
 * How another line of Node is run: npm carries its binaries, one package a platform. Nothing is installed in
 * the project.
 */
export function nodeCommand(major: number): [command: string, prefix: readonly string[]] {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const binary = `node-${platform}-${process.arch}@${String(major)}`;
  const npmExec = ['exec', '--yes', `--package=${binary}`, '--', 'node'];
  const npm = process.env['npm_execpath'];
  return npm === undefined ? ['npm', npmExec] : [process.execPath, [npm, ...npmExec]];
}
