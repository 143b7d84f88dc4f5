import type { LabStore } from './database';
import type { DialogueListing } from './dialogue-listing';
import { writeDialogue } from './jsonl';

/** The stored dialogues that a listing names as lines of JSONL with their line ends, the oldest first. */
export async function* exportDialogues(
  store: Pick<LabStore, 'listDialogues' | 'getDialogue'>,
  listing: Pick<DialogueListing, 'runId' | 'status' | 'profileId'> = {},
): AsyncGenerator<string> {
  let after: DialogueListing['after'] = null;
  do {
    const page = await store.listDialogues({ ...listing, order: 'oldest', after });
    for (const { id } of page.dialogues) {
      const dialogue = await store.getDialogue(id);
      // Deleted since it was listed: no longer what the visitor wants exported.
      if (dialogue) yield `${writeDialogue(dialogue)}\n`;
    }
    after = page.next;
  } while (after);
}
