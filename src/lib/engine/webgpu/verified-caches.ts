import { LabError } from '../../contracts/errors';

/** The part of `CacheStorage` that web-llm uses. */
export interface VerifiedCaches {
  open(scope: string): Promise<VerifiedCache>;
}

interface VerifiedCache {
  match(request: RequestInfo | URL): Promise<Response | undefined>;
  add(request: RequestInfo | URL): Promise<void>;
  keys(): Promise<Request[]>;
  delete(request: RequestInfo | URL): Promise<boolean>;
}

const urlOf = (request: RequestInfo | URL): string =>
  request instanceof Request ? request.url : new URL(request).href;

/**
 * A cache storage that holds exactly the files we have verified. web-llm checks no hash of the weights; in a worker
 * where this stands for `caches` it can only read bytes that we have checked, and no second copy is stored.
 * `files` maps absolute URLs to contents.
 */
export function createVerifiedCaches(files: ReadonlyMap<string, Blob>): VerifiedCaches {
  const cache: VerifiedCache = {
    async match(request) {
      const file = files.get(urlOf(request));
      return file && new Response(file);
    },
    async add(request) {
      throw new LabError(
        'model-incompatible',
        'The WebGPU engine asks for a file that the model does not have. Build the model again with this version of the lab.',
        urlOf(request),
      );
    },
    async keys() {
      return [...files.keys()].map((url) => new Request(url));
    },
    async delete() {
      return false;
    },
  };
  return { open: async () => cache };
}
