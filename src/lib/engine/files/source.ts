import { LabError } from '../../contracts/errors';

/** Where a model's files come from: the network, a folder, a test. */
export interface FileSource {
  /** The bytes of one file, in order. Error: `model-missing`. Any failure while reading rejects the iteration. */
  open(location: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Where a file lies that is named relative to another. */
  resolve(path: string, base: string): string;
}

/** The error of a file that is not where the manifest says. */
export function missingFile(location: string, detail?: string): LabError {
  return new LabError(
    'model-missing',
    `A model file is missing: ${location}. Check the address; a model is made by the commands in models/README.md.`,
    detail,
  );
}

/** The chunks of a stream; also where `ReadableStream` is not yet iterable. */
export async function* streamChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        finished = true;
        return;
      }
      yield value;
    }
  } finally {
    // Left early: the rest of a download must not go on.
    if (!finished) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** Files over HTTP. Locations are absolute URLs. */
export function createFetchSource(): FileSource {
  return {
    resolve: (path, base) => new URL(path, base).href,
    async open(location, signal) {
      let response: Response;
      try {
        response = await fetch(location, signal ? { signal } : {});
      } catch (reason) {
        signal?.throwIfAborted();
        throw missingFile(location, reason instanceof Error ? reason.message : String(reason));
      }
      // A host that answers any unknown address with its start page has no such file either.
      const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
      if (!response.ok || isPage) {
        await response.body?.cancel();
        throw missingFile(location, `HTTP ${response.status}${isPage ? ', a web page' : ''}`);
      }
      return response.body ? streamChunks(response.body) : streamChunks(new Blob([]).stream());
    },
  };
}
