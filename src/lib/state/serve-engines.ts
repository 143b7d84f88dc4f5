import { detectAbilities } from '../engine/abilities';
import { createBrowserEngine } from '../engine/create';
import { createEngineHost, type EngineHost } from './engine-host';
import type { Role } from '../contracts/action';
import type { LoadProgress } from '../contracts/engine';

declare global {
  interface Window {
    interplayEngine?: EngineHost;
    /** What this browser can run a model on. */
    interplayAbilities?: typeof detectAbilities;
    /** Exposed by whoever drives the browser and wants to see models load. */
    interplayProgress?: (seat: Role, progress: LoadProgress) => void;
  }
}

/** Offers this page's engines as `window.interplayEngine`. @param root the site's address, with a slash at the end */
export function serveEngines(root: string): void {
  window.interplayAbilities = detectAbilities;
  window.interplayEngine = createEngineHost({
    create: createBrowserEngine,
    root,
    onProgress: (seat, progress) => window.interplayProgress?.(seat, progress),
  });
}
