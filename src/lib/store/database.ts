import { openConnection, type ConnectionOptions } from './connection';
import { dialogueRepository, type DialogueRepository } from './dialogues';
import { profileRepository, type ProfileRepository } from './profiles';
import { runRepository, type RunRepository } from './runs';

/**
 * All that the lab keeps in this browser. Every call can fail with `storage-closed`, every writing one
 * with `storage-full`; what a resolved call has written is on disk. Values must be plain data: a
 * `$state` proxy has to be snapshotted first.
 */
export interface LabStore extends RunRepository, DialogueRepository, ProfileRepository {
  close(): void;
}

/** Opens the store, creating or migrating it. Errors: `storage-unavailable`, `storage-blocked`, `storage-full`. */
export async function openStore(options: ConnectionOptions = {}): Promise<LabStore> {
  const { connect, close } = await openConnection(options);
  return {
    ...runRepository(connect),
    ...dialogueRepository(connect),
    ...profileRepository(connect),
    close,
  };
}
