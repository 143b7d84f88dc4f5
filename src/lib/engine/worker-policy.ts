/** What a page may reach beside its own origin: nothing. */
export const ownOrigin = "'self' blob:";

/**
 * Whether an address is that of a worker: a page's policy stands in its HTML and does not cover those. The encoder's
 * runtime starts its threads from a file among the workers' assets.
 */
export function isWorkerScript(path: string): boolean {
  return /\/_app\/immutable\/workers\/([^/]+\.js|assets\/ort-wasm[^/]*\.mjs)$/.test(path);
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
