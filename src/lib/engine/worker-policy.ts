/** What a page may reach beside its own origin: nothing. */
export const ownOrigin = "'self' blob:";

/** Whether an address is that of an engine's worker: a page's policy stands in its HTML and does not cover those. */
export function isWorkerScript(path: string): boolean {
  return /\/_app\/immutable\/workers\/[^/]+\.js$/.test(path);
}

/** The content security policy that a worker's script is served with, as its page's policy is. */
export function workerPolicy(connect: string = ownOrigin): string {
  return [
    "default-src 'self'",
    "script-src 'self' blob: 'wasm-unsafe-eval'",
    `connect-src ${connect}`,
    "worker-src 'self' blob:",
  ].join('; ');
}
