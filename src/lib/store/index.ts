export { openStore, type LabStore } from './database';
export type { ConnectionOptions } from './connection';
export type { DialogueCursor, DialogueListing, DialoguePage } from './dialogue-listing';
export type {
  DialogueFilter,
  DialogueQueries,
  DialogueSummary,
  FilterKind,
  FilterValue,
} from './dialogue-query';
export type { DialogueHeader, DialogueStatus } from './schema';
export { foldText } from './fold-text';
export type { TextHit, TextSearch, TextSearchOptions } from './text-search';
export type { TrashBatch } from './trash';
export { exportDialogues } from './export';
export {
  readDialogue,
  readDialogues,
  streamDialogues,
  writeDialogue,
  type LineProblem,
  type ReadLine,
} from './jsonl';
export { splitLines, type LineOptions, type LineSource } from './lines';
export { holdLock, isLocked, lockReleased } from './lock';
export { checkDialogue, recordVersion } from './record-check';
export { dialogueSchema } from './record-schema';
export {
  readRatings,
  readSession,
  writeRatings,
  writeSession,
  type RatingsFile,
} from './ratings/files';
export { planId, transcriptsHash } from './ratings/identity';
export { openRatings, type RatingRepository, type StoredSheet } from './ratings/repository';
export { askToPersist, storageSpace, type StorageSpace } from './space';
export { storeSink } from './sink';
