import type { Dialogue, Outcome, Turn } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import {
  dialogueStores,
  forgetTrashed,
  removeDialogue,
  requireRow,
  toHeader,
  turnsOf,
} from './dialogue-rows';
import { listRows, type DialogueListing, type DialoguePage } from './dialogue-listing';
import { toRow, withHeader, withTurn } from './facets';
import { foldText, foldTurns } from './fold-text';
import { same, withoutCircumstances } from './same';
import type { DialogueHeader, DialogueStatus } from './schema';
import { read, write, type Connection } from './transaction';

/** What an edit changes of a record. */
export type SteeredParts = Pick<DialogueHeader, 'profile' | 'targets' | 'edits'>;

export interface DialogueRepository {
  /**
   * Stores a dialogue that starts, or goes on with the unfinished one of that id: then its start stands,
   * and once resumed it stays so.
   * Errors: `bad-input` when the id is taken by a dialogue with other settings or one that is over.
   */
  beginDialogue(header: DialogueHeader): Promise<void>;
  /**
   * Commits turn `index` (from 0); committing an equal turn again changes nothing.
   * Errors: `bad-input` for an unknown dialogue; `internal` for a gap, for another turn in that place
   * and for a dialogue that is over.
   */
  appendTurn(dialogueId: string, index: number, turn: Turn): Promise<void>;
  /**
   * Puts a person's last edit of the profile into force, from the next turn on; the same edit again changes nothing.
   * Errors: `bad-input` for an unknown dialogue, `internal` when turns after the edit are stored or it came to its own
   * end.
   */
  steerDialogue(id: string, steered: SteeredParts): Promise<void>;
  /**
   * Gives the dialogue its outcome; the same outcome again changes nothing.
   * Errors: `bad-input` for an unknown dialogue, `internal` when it has another outcome.
   */
  finishDialogue(id: string, outcome: Outcome): Promise<void>;
  /**
   * Opens an unfinished, stopped or failed dialogue to go on with: marked as resumed, no outcome.
   * Errors: `bad-input` for an unknown dialogue and for one that came to its own end.
   */
  resumeDialogue(id: string): Promise<Dialogue>;
  /** The whole record, turns and all. */
  getDialogue(id: string): Promise<Dialogue | null>;
  /** One page of headers; `next` gives the following page, `null` at the end. */
  listDialogues(listing?: DialogueListing): Promise<DialoguePage>;
  /** Headers of all dialogues without an outcome, the oldest first. */
  unfinishedDialogues(runId?: string): Promise<DialogueHeader[]>;
  /** Deletes the dialogue and its turns; deleting what is not there is no error. */
  deleteDialogue(id: string): Promise<void>;
  /**
   * Stores whole records, each by itself: those already there are left as they are, and told apart by
   * whether they are equal.
   */
  importDialogues(
    dialogues: Iterable<Dialogue> | AsyncIterable<Dialogue>,
  ): Promise<{ added: string[]; same: string[]; different: string[] }>;
}

/** Those that have not come to their own end. */
const goesOn: readonly DialogueStatus[] = ['running', 'stopped', 'failed'];

export function dialogueRepository(connect: Connection): DialogueRepository {
  const getDialogue = (id: string): Promise<Dialogue | null> =>
    read(connect, ['dialogues', 'turns'], async (transaction) => {
      const row = await transaction.objectStore('dialogues').get(id);
      return row ? { ...row.header, turns: await turnsOf(transaction, id) } : null;
    });
  return {
    getDialogue,
    beginDialogue: (begun) =>
      write(connect, dialogueStores, async (transaction) => {
        const store = transaction.objectStore('dialogues');
        const header = toHeader(begun);
        const stored = await store.get(header.id);
        if (stored !== undefined) {
          await store.put(withHeader(stored, goOn(stored.header, header)));
          return;
        }
        await forgetTrashed(transaction, header.id);
        await store.add(toRow(header));
      }),
    appendTurn: (id, index, turn) =>
      write(connect, ['dialogues', 'turns', 'texts'], async (transaction) => {
        const row = await requireRow(transaction, id);
        const turns = transaction.objectStore('turns');
        const stored = await turns.get([id, index]);
        if (stored !== undefined) {
          if (same(stored.turn, turn)) return;
          throw refused(id, index, 'another turn is stored in its place');
        }
        if (row.status !== 'running') throw refused(id, index, 'the dialogue is over');
        const isNext = index === 0 || (await turns.getKey([id, index - 1])) !== undefined;
        if (!isNext || !Number.isInteger(index) || index < 0) {
          throw refused(id, index, 'the turn before it is missing');
        }
        await turns.add({ dialogueId: id, index, turn });
        await transaction.objectStore('dialogues').put(withTurn(row, turn));
        const texts = transaction.objectStore('texts');
        const text = (await texts.get(id))?.text ?? '';
        await texts.put({ id, text: `${text}${foldText(turn.text)}\n` });
      }),
    steerDialogue: (id, { profile, targets, edits = [] }) =>
      write(connect, ['dialogues'], async (transaction) => {
        const row = await requireRow(transaction, id);
        const isNext = (edits.at(-1)?.turn ?? row.turns) === row.turns;
        if (!isNext || !goesOn.includes(row.status)) {
          throw new LabError(
            'internal',
            `The change of dialogue "${id}" was not stored: it has gone on meanwhile. Reload the page and make sure ` +
              'that no other tab runs the same dialogue.',
          );
        }
        const header = { ...row.header, profile, targets, edits };
        await transaction.objectStore('dialogues').put(withHeader(row, header));
      }),
    finishDialogue: (id, outcome) =>
      write(connect, ['dialogues'], async (transaction) => {
        const row = await requireRow(transaction, id);
        const { header } = row;
        if (header.outcome !== null && !same(header.outcome, outcome)) {
          throw new LabError(
            'internal',
            `Dialogue "${id}" ended twice, in different ways; its first end is kept. Reload the page ` +
              'and make sure that no other tab runs the same dialogue.',
          );
        }
        await transaction.objectStore('dialogues').put(withHeader(row, { ...header, outcome }));
      }),
    resumeDialogue: (id) =>
      write(connect, ['dialogues', 'turns'], async (transaction) => {
        const row = await requireRow(transaction, id);
        if (!goesOn.includes(row.status)) {
          throw new LabError('bad-input', `Dialogue "${id}" has come to its end: start a new one.`);
        }
        const header = { ...row.header, outcome: null, resumed: true };
        await transaction.objectStore('dialogues').put(withHeader(row, header));
        return { ...header, turns: await turnsOf(transaction, id) };
      }),
    listDialogues: (listing = {}) =>
      read(connect, ['dialogues'], (transaction) => listRows(transaction, listing)),
    unfinishedDialogues: (runId) =>
      read(connect, ['dialogues'], async (transaction) => {
        const everything = { runId, status: 'running', order: 'oldest', limit: Infinity } as const;
        return (await listRows(transaction, everything)).dialogues;
      }),
    deleteDialogue: (id) =>
      write(connect, dialogueStores, (transaction) => removeDialogue(transaction, id)),
    importDialogues: async (dialogues) => {
      const result = { added: [] as string[], same: [] as string[], different: [] as string[] };
      for await (const dialogue of dialogues) {
        const stored = await getDialogue(dialogue.id);
        if (stored) {
          result[same(stored, dialogue) ? 'same' : 'different'].push(dialogue.id);
          continue;
        }
        await write(connect, dialogueStores, async (transaction) => {
          const { id, turns } = dialogue;
          await forgetTrashed(transaction, id);
          await transaction.objectStore('dialogues').add(toRow(toHeader(dialogue), turns));
          for (const [index, turn] of turns.entries()) {
            await transaction.objectStore('turns').add({ dialogueId: id, index, turn });
          }
          await transaction.objectStore('texts').add({ id, text: foldTurns(turns) });
        });
        result.added.push(dialogue.id);
      }
      return result;
    },
  };
}

/** Only what says when, on what device and how often it was started, and whether prompts are kept, may differ. */
function goOn(stored: DialogueHeader, begun: DialogueHeader): DialogueHeader {
  const { startedAt, resumed } = stored;
  const isSame = same(withoutCircumstances(stored), {
    ...withoutCircumstances(begun),
    startedAt,
    resumed,
  });
  if (!isSame) throw taken(stored.id);
  return { ...stored, resumed: resumed || begun.resumed };
}

function taken(id: string): LabError {
  return new LabError(
    'bad-input',
    `Another dialogue is stored under the id "${id}". Open it, or delete it first.`,
  );
}

function refused(id: string, index: number, why: string): LabError {
  return new LabError(
    'internal',
    `Turn ${index} of dialogue "${id}" was not stored: ${why}. Reload the page and make sure that no ` +
      'other tab runs the same dialogue.',
  );
}
