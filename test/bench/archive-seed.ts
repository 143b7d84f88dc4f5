import { openDB } from 'idb';
import type { Dialogue, OutcomeStatus, Turn } from '../../src/lib/contracts/dialogue';
import { createRandom } from '../../src/lib/domain/random';
import { openStore } from '../../src/lib/store/database';
import { toHeader } from '../../src/lib/store/dialogue-rows';
import { toRow } from '../../src/lib/store/facets';
import { foldTurns } from '../../src/lib/store/fold-text';
import { databaseName, databaseVersion, type LabSchema } from '../../src/lib/store/schema';
import { aDialogue, aTurn } from '../unit/store/fixtures';

/*
 * Fills a page's database with made-up dialogues of the size and variety of real ones. A module of the served site:
 * the page that is measured imports it, then is loaded anew.
 */

const outcomes: readonly OutcomeStatus[] = ['accepted', 'limit', 'loop', 'failed'];
const words = 'scary funny slow french war love space music heist family old strange quiet'.split(
  ' ',
);
const violations: readonly Turn['violations'][number][] = [
  { kind: 'stray-title', found: 'a film' },
  { kind: 'loose-line', found: 'a line' },
  { kind: 'cut-off' },
];
const turnsEach = 10;
const dialoguesEach = 500;

function madeUp(index: number, items: readonly string[]): Dialogue {
  const random = createRandom(index + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const say = () =>
    Array.from({ length: 8 + Math.floor(random() * 8) }, () => pick(words)).join(' ');
  const turns = Array.from({ length: turnsEach }, (_, turn): Turn => {
    const found = random() < 0.04 ? [pick(violations)] : [];
    const isUser = turn % 2 === 0;
    return aTurn(say(), {
      role: isUser ? 'user' : 'recommender',
      actions: isUser ? [{ type: 'inform' }] : [{ type: 'recommend', items: [pick(items)] }],
      violations: found,
    });
  });
  const run = Math.floor(index / dialoguesEach);
  const profileId = `profile-${String(index % 223)}`;
  return aDialogue({
    id: `dialogue-${index.toString(36).padStart(12, '0')}`,
    runId: `run-${run.toString(36).padStart(12, '0')}`,
    profileId,
    domain: 'movies',
    profile: { ...aDialogue().profile, id: profileId, summary: `Likes what is ${say()}.` },
    outcome: { status: pick(outcomes), accepted: [], exchanges: turnsEach / 2 },
    startedAt: 1_700_000_000_000 + index * 60_000,
    turns,
  });
}

/** Adds `count` dialogues. Gives how long it took, in milliseconds. */
export async function seed(count: number): Promise<number> {
  const started = performance.now();
  (await openStore()).close();
  const response = await fetch('/domains/movies/catalogue.json');
  const { items } = (await response.json()) as { items: { id: string }[] };
  const ids = items.map(({ id }) => id);
  const database = await openDB<LabSchema>(databaseName, databaseVersion);
  for (let from = 0; from < count; from += 500) {
    const part = database.transaction(['dialogues', 'turns', 'texts'], 'readwrite', {
      durability: 'relaxed',
    });
    for (let index = from; index < Math.min(count, from + 500); index++) {
      const dialogue = madeUp(index, ids);
      const { id, turns } = dialogue;
      const tags = index % 50 === 0 ? ['kept'] : [];
      void part.objectStore('dialogues').add(toRow(toHeader(dialogue), turns, tags));
      for (const [at, turn] of turns.entries()) {
        void part.objectStore('turns').add({ dialogueId: id, index: at, turn });
      }
      void part.objectStore('texts').add({ id, text: foldTurns(turns) });
    }
    await part.done;
  }
  database.close();
  return performance.now() - started;
}
