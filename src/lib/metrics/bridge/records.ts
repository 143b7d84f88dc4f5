import type { Dialogue } from '../../contracts/dialogue';
import type { SingleTurn } from '../single-turn/row';
import type { EvaluationPart } from './protocol';

/** What has been added for a call. */
export interface Records {
  dialogues: Dialogue[];
  people: Dialogue[];
  singleTurns: SingleTurn[];
}

export const noRecords = (): Records => ({ dialogues: [], people: [], singleTurns: [] });

export function addPart(records: Records, part: EvaluationPart): void {
  for (const one of part.dialogues ?? []) records.dialogues.push(one);
  for (const one of part.people ?? []) records.people.push(one);
  for (const one of part.singleTurns ?? []) records.singleTurns.push(one);
}

/** Records in one part; some 20 kB each, so that a part is copied within a frame. */
const dialoguesInPart = 40;
const turnsInPart = 1000;

/** All records in parts, in their order. */
export function* partsOf({
  dialogues = [],
  people = [],
  singleTurns = [],
}: EvaluationPart): Generator<EvaluationPart> {
  for (const some of slices(dialogues, dialoguesInPart)) yield { dialogues: some };
  for (const some of slices(people, dialoguesInPart)) yield { people: some };
  for (const some of slices(singleTurns, turnsInPart)) yield { singleTurns: some };
}

function* slices<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
