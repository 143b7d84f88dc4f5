import type { RatingPlan, Transcript } from '../../contracts/rating';
import { deriveId, hashText } from '../../domain/random';

/** Hash of what raters read, whatever the order of its keys was. */
export function transcriptsHash(transcripts: readonly Transcript[]): string {
  const plain = transcripts.map(({ id, turns }) => [
    id,
    turns.map(({ role, text }) => [role, text]),
  ]);
  return hashText(JSON.stringify(plain));
}

/** The id of a session with this content. */
export function planId({
  mode,
  seed,
  items,
  transcripts,
  minutes,
}: Omit<RatingPlan, 'schemaVersion' | 'id' | 'title' | 'createdAt'>): string {
  const plain = items.map(({ id, a, b }) => [id, a, b]);
  return deriveId('rating', mode, seed, JSON.stringify([plain, minutes]), transcripts);
}
