/// <reference lib="webworker" />
import { build, files, prerendered, version } from '$service-worker';
import { isWorkerScript, workerPolicy } from './lib/engine/worker-policy';

const scope = globalThis.self as unknown as ServiceWorkerGlobalScope;
const cacheName = `interplay-app-${version}`;
const appCaches = /^interplay-app-/;
const base = new URL('./', scope.location.href).pathname;

/** Models are kept, verified, by the engines themselves: all but the small files that say which there are. */
const isWeight = (path: string) =>
  /\/(models|encoders)\//.test(path) && !/\/(index\.json|manifest\.json|README\.md)$/.test(path);
/** What only workers load, the engine's and the encoder's programs, is large and in no list: kept once it was used. */
const isLater = (path: string) => path.includes('/_app/immutable/workers/assets/');
const kept = [
  ...build.filter((path) => !isLater(path)),
  ...prerendered,
  ...files.filter((path) => !isWeight(path)),
];

// A new version waits until no page of the old one is open, or the visitor wants it: the old one may still need its files.
scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(kept)));
});

scope.addEventListener('message', ({ data }: { data: unknown }) => {
  const isWanted = typeof data === 'object' && data !== null && 'type' in data;
  if (isWanted && data.type === 'apply-update') void scope.skipWaiting();
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => appCaches.test(name) && name !== cacheName))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => scope.clients.claim()),
  );
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== scope.location.origin) return;
  if (isWeight(url.pathname)) return;
  event.respondWith(answer(request, url));
});

/** Names under `immutable` hold a hash: the cache first. All else is asked for, and kept for when nobody answers. */
async function answer(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(cacheName);
  const isImmutable = url.pathname.startsWith(`${base}_app/immutable/`);
  if (isImmutable) {
    const found = await cache.match(url.pathname);
    if (found) return isolated(found);
  }
  try {
    const response = await fetch(request);
    // Where there is no room it is fetched again the next time.
    if (isLater(url.pathname) && response.ok) {
      await cache.put(url.pathname, response.clone()).catch(() => undefined);
    }
    return isolated(response);
  } catch (reason) {
    const found = await cache.match(url.pathname, { ignoreSearch: true });
    if (found) return isolated(found);
    throw reason;
  }
}

/** The same response with the headers of isolation and of a worker's policy, for hosts that cannot send them. */
function isolated(response: Response): Response {
  if (response.status === 0 || response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const isWorker = isWorkerScript(new URL(response.url || 'http://none/').pathname);
  if (isWorker && !headers.has('Content-Security-Policy')) {
    headers.set('Content-Security-Policy', workerPolicy());
  }
  const { status, statusText } = response;
  // 204, 205 and 304 may have no body.
  const body = [204, 205, 304].includes(status) ? null : response.body;
  return new Response(body, { status, statusText, headers });
}
