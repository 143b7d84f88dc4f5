import type { Profile } from '../contracts/profile';
import { read, write, type Connection } from './transaction';

/** The visitor's own and imported profiles; those the app ships are files. */
export interface ProfileRepository {
  /** Stores all of them or none; one with a known id replaces it. */
  saveProfiles(profiles: readonly Profile[]): Promise<void>;
  getProfile(id: string): Promise<Profile | null>;
  /** Those of one domain, by id. */
  listProfiles(domain: string): Promise<Profile[]>;
  /** Deleting what is not there is no error. */
  deleteProfile(id: string): Promise<void>;
}

export function profileRepository(connect: Connection): ProfileRepository {
  return {
    saveProfiles: (profiles) =>
      write(connect, ['profiles'], async (transaction) => {
        const store = transaction.objectStore('profiles');
        for (const profile of profiles) await store.put(profile);
      }),
    getProfile: (id) =>
      read(
        connect,
        ['profiles'],
        async (transaction) => (await transaction.objectStore('profiles').get(id)) ?? null,
      ),
    listProfiles: (domain) =>
      read(connect, ['profiles'], (transaction) =>
        transaction
          .objectStore('profiles')
          .index('byDomain')
          .getAll(IDBKeyRange.bound([domain], [domain, []])),
      ),
    deleteProfile: (id) =>
      write(connect, ['profiles'], (transaction) => transaction.objectStore('profiles').delete(id)),
  };
}
