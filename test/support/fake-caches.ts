/** The part of the browser's Cache API that models are kept with, in memory. */
export function fakeCaches(room = Infinity): CacheStorage {
  const entries = new Map<
    string,
    { bytes: Uint8Array<ArrayBuffer>; headers: [string, string][] }
  >();
  const urlOf = (request: RequestInfo | URL) =>
    request instanceof Request ? request.url : String(request);
  const cache = {
    async match(request: RequestInfo | URL) {
      const entry = entries.get(urlOf(request));
      return entry && new Response(entry.bytes, { headers: entry.headers });
    },
    async put(request: RequestInfo | URL, response: Response) {
      const bytes = new Uint8Array(await response.arrayBuffer());
      const used = [...entries.values()].reduce((sum, entry) => sum + entry.bytes.length, 0);
      if (used + bytes.length > room) throw new DOMException('full', 'QuotaExceededError');
      entries.set(urlOf(request), { bytes, headers: [...response.headers] });
    },
    async delete(request: RequestInfo | URL) {
      return entries.delete(urlOf(request));
    },
    async keys() {
      return [...entries.keys()].map((url) => new Request(url));
    },
  };
  return { open: async () => cache } as unknown as CacheStorage;
}
