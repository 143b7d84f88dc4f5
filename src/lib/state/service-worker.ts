const reloadedKey = 'interplay-lab:isolation-reload';

/**
 * Registers the service worker: it keeps the page's files for offline use, and where the host sends no
 * COOP/COEP headers it adds them. They hold from the next load on, so then the page is loaded again, once:
 * if that does not isolate it, nothing will, and wasm runs on one thread.
 *
 * @returns its registration; `null` where there can be none
 */
export async function registerServiceWorker(
  address: string,
): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return null;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register(address, { type: 'module' });
  } catch (reason) {
    // Without it the page works, only not offline: a browser may forbid it (private mode).
    console.info('No service worker:', reason);
    return null;
  }
  if (globalThis.crossOriginIsolated || sessionStorage.getItem(reloadedKey) !== null) {
    return registration;
  }
  await navigator.serviceWorker.ready;
  sessionStorage.setItem(reloadedKey, 'yes');
  location.reload();
  return registration;
}
