import { openConnection, type ConnectionOptions } from './connection';
import { datasetRepository, type DatasetRepository } from './datasets';
import { dialogueQueries, type DialogueQueries } from './dialogue-query';
import { dialogueRepository, type DialogueRepository } from './dialogues';
import { profileRepository, type ProfileRepository } from './profiles';
import { queueRepository, type QueueRepository } from './queue';
import { runRepository, type RunRepository } from './runs';
import { tagRepository, type TagRepository } from './tags';
import { textSearch, type TextSearch } from './text-search';
import { trashRepository, type TrashRepository } from './trash';

/**
 * All that the lab keeps in this browser. Every call can fail with `storage-closed`, every writing one
 * with `storage-full`; what a resolved call has written is on disk. Values must be plain data: a
 * `$state` proxy has to be snapshotted first.
 */
export interface LabStore
  extends
    RunRepository,
    DialogueRepository,
    DialogueQueries,
    TextSearch,
    TagRepository,
    TrashRepository,
    QueueRepository,
    ProfileRepository,
    DatasetRepository {
  close(): void;
}

/** Opens the store, creating or migrating it. Errors: `storage-unavailable`, `storage-blocked`, `storage-full`. */
export async function openStore(options: ConnectionOptions = {}): Promise<LabStore> {
  const { connect, close } = await openConnection(options);
  return {
    ...runRepository(connect),
    ...dialogueRepository(connect),
    ...dialogueQueries(connect),
    ...textSearch(connect),
    ...tagRepository(connect),
    ...trashRepository(connect),
    ...queueRepository(connect),
    ...profileRepository(connect),
    ...datasetRepository(connect),
    close,
  };
}
