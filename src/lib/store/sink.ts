import type { RunSink } from '../dialogue/run-many';
import type { LabStore } from './database';

/** The store as the place where a run's dialogues go, each turn on disk before the next is asked for. */
export function storeSink(
  store: Pick<LabStore, 'beginDialogue' | 'appendTurn' | 'finishDialogue'>,
): RunSink {
  return {
    begin: (dialogue) => store.beginDialogue(dialogue),
    turn: (dialogueId, index, turn) => store.appendTurn(dialogueId, index, turn),
    finish: (dialogueId, outcome) => store.finishDialogue(dialogueId, outcome),
  };
}
