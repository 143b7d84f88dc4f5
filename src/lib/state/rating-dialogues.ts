import type { Dialogue } from '../contracts/dialogue';
import type { RatingPlan } from '../contracts/rating';
import { blindedId } from '../metrics';
import { checkDialogue, type LabStore } from '../store/index';
import { fetchJson } from './fetch-file';
import { heldDialogues } from './held-dialogues';

type DialogueStore = Pick<LabStore, 'listDialogues' | 'getDialogue'>;

/** The finished dialogues of some runs or datasets, or of all: what still runs is left out. */
export async function sourceDialogues(
  store: DialogueStore,
  runIds: readonly string[] | null,
): Promise<Dialogue[]> {
  const found: Dialogue[] = [];
  for (const runId of runIds ?? [null]) {
    for await (const dialogue of heldDialogues(store, runId)) {
      if (dialogue.outcome !== null) found.push(dialogue);
    }
  }
  return found;
}

/** The held dialogues that a session is about; only these are read whole. */
export async function ratedDialogues(store: DialogueStore, plan: RatingPlan): Promise<Dialogue[]> {
  const wanted = new Set(plan.items.flatMap(({ a, b }) => (b === null ? [a] : [a, b])));
  const found: Dialogue[] = [];
  let after: Awaited<ReturnType<DialogueStore['listDialogues']>>['next'] = null;
  do {
    const page = await store.listDialogues({ order: 'oldest', after });
    for (const { id } of page.dialogues) {
      if (!wanted.has(blindedId(plan.seed, id))) continue;
      const dialogue = await store.getDialogue(id);
      if (dialogue) found.push(dialogue);
    }
    after = page.next;
  } while (after);
  return found;
}

/** Where the dialogues that ship lie; each a file of one record. */
const samples = ['guide/free.json', 'guide/dependent.json'];

/** The dialogues that ship with the site; none where it ships none. */
export async function shippedDialogues(root: string): Promise<Dialogue[]> {
  const read = await Promise.all(
    samples.map(async (path) => {
      // A site without them is whole: the room then has the kept ones alone.
      const value = await fetchJson(new URL(path, root).href, 'bad-input').catch(() => null);
      const checked = checkDialogue(value);
      return checked.ok ? [checked.dialogue] : [];
    }),
  );
  return read.flat();
}
