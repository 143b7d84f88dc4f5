import { runLock, sessionLock } from './locks';
import { isLocked } from '../store/index';

/** What is used of a service worker's registration and container. */
export interface UpdateSource {
  registration: Pick<
    ServiceWorkerRegistration,
    'waiting' | 'installing' | 'addEventListener' | 'update'
  >;
  container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>;
}

export interface UpdateDeps {
  /** Whether nothing is in flight, in this tab and in any other. */
  idle: () => Promise<boolean>;
  reload: () => void;
  wait: (ms: number) => Promise<void>;
}

/** How often it is looked whether all is at rest (milliseconds). */
const lookEvery = 1000;
/** How often a page that stays open asks for a new version (milliseconds). */
const askEvery = 3_600_000;

/**
 * A new version of the page: announced when it is here, applied only when the visitor says so, and then only while no
 * dialogue and no run is in flight in any tab.
 */
export class AppUpdate {
  /** `ready`: a new version waits; `waiting`: wanted, but something is in flight; `other`: another tab has applied one. */
  status = $state<'none' | 'ready' | 'waiting' | 'applying' | 'other'>('none');
  readonly #deps: UpdateDeps;
  #source: UpdateSource | null = null;
  #wanted = false;

  constructor(deps: UpdateDeps) {
    this.#deps = deps;
  }

  /** Looks out for new versions. @param ask called now and then with what asks the host for one */
  watch(source: UpdateSource, ask: (look: () => void, every: number) => void = askRegularly): void {
    this.#source = source;
    const { registration, container } = source;
    // On a first visit there is no version before: nothing to announce.
    let hadOne = container.controller !== null;
    if (hadOne && registration.waiting) this.status = 'ready';
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && hadOne) this.#announce();
      });
    });
    container.addEventListener('controllerchange', () => {
      if (this.#wanted) void this.#reloadAtRest();
      else if (hadOne) this.status = 'other';
      hadOne = true;
    });
    ask(() => {
      // Without a network there is no new version: it is asked for again later.
      registration.update().catch(() => undefined);
    }, askEvery);
  }

  /** Applies the new version as soon as nothing is in flight. */
  async apply(): Promise<void> {
    if (this.#wanted || this.status === 'none') return;
    this.#wanted = true;
    const isHere = this.status === 'other';
    if (!(await this.#rest())) return;
    if (isHere) {
      await this.#reloadAtRest();
      return;
    }
    this.status = 'applying';
    this.#source?.registration.waiting?.postMessage({ type: 'apply-update' });
  }

  /** Not now: it is announced again at the next visit. */
  dismiss(): void {
    this.#wanted = false;
    this.status = 'none';
  }

  #announce(): void {
    if (!this.#wanted) this.status = 'ready';
  }

  async #reloadAtRest(): Promise<void> {
    // Something may have begun since: it is let end.
    if (await this.#rest()) this.#deps.reload();
  }

  /** Waits until nothing is in flight; false when the visitor changed their mind. */
  async #rest(): Promise<boolean> {
    while (this.#wanted && !(await this.#deps.idle())) {
      this.status = 'waiting';
      await this.#deps.wait(lookEvery);
    }
    return this.#wanted;
  }
}

function askRegularly(look: () => void, every: number): void {
  setInterval(look, every);
}

/** Whether no tab of this page holds a dialogue or a run: each has its lock while it does. */
export async function nothingInFlight(
  here: () => boolean,
  locked: (name: string) => Promise<boolean> = isLocked,
): Promise<boolean> {
  if (here()) return false;
  return !(await locked(sessionLock)) && !(await locked(runLock));
}
