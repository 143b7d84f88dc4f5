/** How long work may hold the page, in milliseconds. */
const longest = 24;

/** A function to be awaited within long work: it lets the page breathe when that is due. */
export function createBreath(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < longest) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        last = performance.now();
        resolve();
      });
    });
  };
}
