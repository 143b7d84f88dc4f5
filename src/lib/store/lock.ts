import { LabError } from '../contracts/errors';

/**
 * Runs a job while this tab alone holds the lock of that name; released when the job ends or the tab
 * goes. Without Web Locks the job runs unguarded: those browsers have one tab's store refuse the other's
 * turns.
 *
 * Errors: `locked-by-other-tab`, the job's own.
 */
export async function holdLock<T>(name: string, job: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return job();
  return locks.request(`interplay-lab:${name}`, { ifAvailable: true }, async (lock) => {
    if (lock) return job();
    throw new LabError(
      'locked-by-other-tab',
      'Another tab of this page is running this already. Go on there, or close it and try again.',
    );
  });
}

/** Waits until no tab holds the lock of that name; at once where there are no Web Locks. */
export async function lockReleased(name: string): Promise<void> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  await locks?.request(`interplay-lab:${name}`, { mode: 'shared' }, () => undefined);
}

/** Whether a tab, this one included, holds the lock of that name; `false` where there are no Web Locks. */
export async function isLocked(name: string): Promise<boolean> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  const { held = [] } = (await locks?.query()) ?? {};
  return held.some((lock) => lock.name === `interplay-lab:${name}` && lock.mode === 'exclusive');
}
