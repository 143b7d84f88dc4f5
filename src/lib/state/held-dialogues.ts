import type { Dialogue } from '../contracts/dialogue';
import type { DialogueCursor, LabStore } from '../store/index';

/** The held dialogues of a run or dataset, or all of them, the oldest first; a page of them at a time. */
export async function* heldDialogues(
  store: Pick<LabStore, 'listDialogues' | 'getDialogue'>,
  runId: string | null,
): AsyncGenerator<Dialogue> {
  let after: DialogueCursor | null = null;
  do {
    const listing = { order: 'oldest' as const, after, ...(runId === null ? {} : { runId }) };
    const page = await store.listDialogues(listing);
    for (const { id } of page.dialogues) {
      const dialogue = await store.getDialogue(id);
      // Deleted since it was listed.
      if (dialogue) yield dialogue;
    }
    after = page.next;
  } while (after);
}
