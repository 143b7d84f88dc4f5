import type { Dialogue } from '../contracts/dialogue';
import { LabError, toErrorData, type ErrorData } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import {
  askToPersist,
  exportDialogues,
  openStore,
  storageSpace,
  writeDialogue,
  type DialogueHeader,
  type LabStore,
  type StorageSpace,
} from '../store/index';
import { readRecordFile } from '../store/formats/record-file';
import type { ImportView } from '../ui/view';
import type { Keeper } from './talk.svelte';

/** What this browser keeps: dialogues and the visitor's own profiles. */
export class Archive {
  /** The newest dialogues. */
  held = $state.raw<readonly DialogueHeader[]>([]);
  profiles = $state.raw<readonly Profile[]>([]);
  space = $state.raw<StorageSpace | null>(null);
  /** Why nothing is kept; `null` while all is well. */
  error = $state.raw<ErrorData | null>(null);
  #store: LabStore | null = null;

  /** Opens the store. What fails is told by `error`: the page can be used, but keeps nothing. */
  async open(): Promise<void> {
    this.error = null;
    try {
      this.#store = await openStore({
        onClosed: (error) => {
          this.#store = null;
          this.error = error;
        },
      });
      await this.refresh();
    } catch (reason) {
      this.error = toErrorData(reason, 'storage-unavailable');
    }
  }

  get isOpen(): boolean {
    return this.#store !== null;
  }

  /** The open store. Errors: why there is none. */
  get store(): LabStore {
    return this.#open();
  }

  async refresh(): Promise<void> {
    if (!this.#store) return;
    this.held = (await this.#store.listDialogues({ limit: 100 })).dialogues;
    this.space = await storageSpace();
  }

  async loadProfiles(domain: string): Promise<void> {
    this.profiles = (await this.#store?.listProfiles(domain)) ?? [];
  }

  async saveProfiles(profiles: readonly Profile[]): Promise<void> {
    await this.#open().saveProfiles($state.snapshot(profiles) as Profile[]);
    const domain = profiles[0]?.domain;
    if (domain !== undefined) await this.loadProfiles(domain);
    await askToPersist();
  }

  async deleteProfile({ id, domain }: Profile): Promise<void> {
    await this.#open().deleteProfile(id);
    await this.loadProfiles(domain);
  }

  async get(id: string): Promise<Dialogue | null> {
    return (await this.#store?.getDialogue(id)) ?? null;
  }

  /** Opens an unfinished dialogue to go on with: marked as resumed. */
  resume(id: string): Promise<Dialogue> {
    return this.#open().resumeDialogue(id);
  }

  async delete(id: string): Promise<void> {
    await this.#open().deleteDialogue(id);
    await this.refresh();
  }

  /** All dialogues, or those of a run, as JSONL, in pieces. */
  async exported(listing: { runId?: string } = {}): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of exportDialogues(this.#open(), listing)) lines.push(line);
    return lines;
  }

  /** A held dialogue as its line of JSONL. Errors: `bad-input` when it is gone. */
  async exportedOne(id: string): Promise<string> {
    const dialogue = await this.get(id);
    if (dialogue) return `${writeDialogue(dialogue)}\n`;
    throw new LabError('bad-input', 'That dialogue is not kept here any more.');
  }

  /** Takes in the records of a JSONL file; lines that are none are told with number and reason. */
  async importDialogues(file: Blob): Promise<ImportView> {
    const problems: { line: number; reason: string }[] = [];
    const lineOf: Record<string, number> = {};
    async function* dialogues() {
      for await (const found of readRecordFile(file)) {
        if (found.ok) {
          lineOf[found.value.id] = found.line;
          yield found.value;
        } else problems.push({ line: found.line, reason: found.reason });
      }
    }
    const { added, same, different } = await this.#open().importDialogues(dialogues());
    for (const id of same) problems.push({ line: lineOf[id] ?? 0, reason: 'It is held already.' });
    for (const id of different) {
      problems.push({
        line: lineOf[id] ?? 0,
        reason: `Another dialogue with the id "${id}" is held already.`,
      });
    }
    await this.refresh();
    return { added: added.length, problems: problems.sort((a, b) => a.line - b.line) };
  }

  /** Keeps a dialogue turn by turn; without a store, nothing: `error` has told why. */
  keeper(resumed: boolean): Keeper {
    const store = this.#store;
    if (!store) {
      const nothing = () => Promise.resolve();
      return { begin: nothing, turn: nothing, steer: nothing, finish: nothing };
    }
    return {
      begin: async (dialogue) => {
        if (!resumed) await store.beginDialogue(dialogue);
        await askToPersist();
        await this.refresh();
      },
      turn: (id, index, turn) => store.appendTurn(id, index, turn),
      steer: (id, steered) => store.steerDialogue(id, steered),
      finish: async (id, outcome) => {
        await store.finishDialogue(id, outcome);
        await this.refresh();
      },
    };
  }

  #open(): LabStore {
    if (this.#store) return this.#store;
    throw LabError.fromData(
      this.error ?? {
        code: 'storage-closed',
        message: 'The storage is not open. Reload the page.',
      },
    );
  }
}
