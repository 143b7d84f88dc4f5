/** How much the browser keeps for this address and would keep at most, in bytes. */
export interface StorageSpace {
  used: number;
  quota: number;
}

/**
 * Asks the browser not to evict the stored data when disk space runs short. `null`: this browser cannot
 * be asked.
 */
export async function askToPersist(): Promise<boolean | null> {
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  return storage?.persist ? storage.persist() : null;
}

/** Whether the browser has promised not to evict the stored data; `null`: it does not say. */
export async function isPersisted(): Promise<boolean | null> {
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  return storage?.persisted ? storage.persisted() : null;
}

/** Storage in use; `null` where the browser does not say. */
export async function storageSpace(): Promise<StorageSpace | null> {
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  const { usage, quota } = (await storage?.estimate?.()) ?? {};
  return usage === undefined || quota === undefined ? null : { used: usage, quota };
}
