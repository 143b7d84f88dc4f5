import type { Dialogue } from '../contracts/dialogue';
import { isAbort, toErrorData, type ErrorData } from '../contracts/errors';
import {
  writeDialogue,
  type DialogueFilter,
  type DialogueSummary,
  type FilterKind,
  type FilterValue,
  type LabStore,
  type TrashBatch,
} from '../store/index';

export type { DialogueFilter, DialogueSummary, FilterKind, FilterValue } from '../store/index';

/** The filters that are chosen from what there is. */
export const chosenKinds = [
  'status',
  'act',
  'violation',
  'model',
  'tag',
  'runId',
  'profileId',
] as const satisfies readonly FilterKind[];

type DialoguesStore = Pick<
  LabStore,
  | 'findDialogues'
  | 'summaries'
  | 'filterValues'
  | 'searchTurns'
  | 'getDialogue'
  | 'changeTags'
  | 'trashDialogues'
  | 'restore'
  | 'listTrash'
  | 'emptyTrash'
>;

export interface DialoguesDeps {
  /** Errors: why there is no store. */
  store: () => DialoguesStore;
  clock: () => number;
  newId: () => string;
}

/** Rows that a list keeps at hand; beyond, it begins anew. */
const mostRows = 2000;

/** The stored dialogues as a list: what it shows, what is chosen in it, what was deleted from it. */
export class DialogueList {
  filter = $state.raw<DialogueFilter>({});
  words = $state('');
  order = $state<'newest' | 'oldest'>('newest');
  /** Ids of what is found, in order; `null` before the first search. */
  ids = $state.raw<readonly string[] | null>(null);
  /** How many dialogues' texts were looked at; `null` while none are searched. */
  looked = $state<number | null>(null);
  rows = $state.raw<ReadonlyMap<string, DialogueSummary | null>>(new Map());
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  values = $state.raw<Readonly<Partial<Record<FilterKind, readonly FilterValue[]>>>>({});
  trash = $state.raw<readonly TrashBatch[]>([]);
  error = $state.raw<ErrorData | null>(null);
  /** In which turn each dialogue says what is searched. */
  hits = $state.raw<ReadonlyMap<string, number>>(new Map());
  readonly #deps: DialoguesDeps;
  #search = new AbortController();

  constructor(deps: DialoguesDeps) {
    this.#deps = deps;
  }

  get isFiltered(): boolean {
    return this.words.trim() !== '' || Object.values(this.filter).some(Boolean);
  }

  /** Looks again: the list, what can be filtered by, what can be brought back. */
  async refresh(): Promise<void> {
    await this.find();
    await this.#try(async () => {
      const store = this.#deps.store();
      const values = await Promise.all(chosenKinds.map((kind) => store.filterValues(kind)));
      this.values = Object.fromEntries(chosenKinds.map((kind, i) => [kind, values[i] ?? []]));
      this.trash = await store.listTrash();
    });
  }

  /** Filters by a value of a kind; an empty one lets all through. */
  async choose(kind: FilterKind, value: string): Promise<void> {
    this.filter = { ...this.filter, [kind]: value === '' ? undefined : value } as DialogueFilter;
    await this.find();
  }

  async setWords(words: string): Promise<void> {
    this.words = words;
    await this.find();
  }

  async clear(): Promise<void> {
    this.filter = {};
    this.words = '';
    await this.find();
  }

  /** Finds what the filter and the words let through; a later call ends an earlier one. */
  async find(): Promise<void> {
    this.#search.abort(new DOMException('Another search has begun.', 'AbortError'));
    const search = new AbortController();
    this.#search = search;
    const words = this.words.trim();
    await this.#try(async () => {
      try {
        const store = this.#deps.store();
        const found = await store.findDialogues(this.filter, this.order);
        search.signal.throwIfAborted();
        if (words === '') this.#show(found, new Map());
        else await this.#searchIn(found, words, search.signal);
      } finally {
        if (this.#search === search) this.looked = null;
      }
    });
  }

  async #searchIn(found: readonly string[], words: string, signal: AbortSignal): Promise<void> {
    const hits = new Map<string, number>();
    this.looked = 0;
    this.#show([], hits);
    await this.#deps.store().searchTurns(words, {
      within: found,
      signal,
      onProgress: (part, looked) => {
        if (signal.aborted) return;
        this.looked = looked;
        for (const { id, turn } of part) hits.set(id, turn);
        if (part.length > 0)
          this.#show(
            found.filter((id) => hits.has(id)),
            new Map(hits),
          );
      },
    });
  }

  #show(ids: readonly string[], hits: ReadonlyMap<string, number>): void {
    this.ids = ids;
    this.hits = hits;
    const there = new Set(ids);
    this.chosen = new Set([...this.chosen].filter((id) => there.has(id)));
    if (this.rows.size > mostRows) this.rows = new Map();
  }

  /** Reads the rows of a part of the list that are not at hand. */
  async load(from: number, to: number): Promise<void> {
    const missing = (this.ids ?? []).slice(from, to).filter((id) => !this.rows.has(id));
    if (missing.length === 0) return;
    await this.#try(async () => {
      const summaries = await this.#deps.store().summaries(missing);
      const rows = new Map(this.rows.size > mostRows ? [] : this.rows);
      for (const [i, id] of missing.entries()) rows.set(id, summaries[i] ?? null);
      this.rows = rows;
    });
  }

  toggle(id: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  chooseAll(all: boolean): void {
    this.chosen = new Set(all ? this.ids : []);
  }

  /** The record, with all its turns; `null` when it is gone. */
  async get(id: string): Promise<Dialogue | null> {
    return this.#deps.store().getDialogue(id);
  }

  /** Deletes dialogues; `undo` of the batch brings them back. */
  async delete(ids: readonly string[]): Promise<void> {
    await this.#try(async () => {
      await this.#deps.store().trashDialogues(ids, this.#deps.newId(), this.#deps.clock());
      await this.#changed(ids);
    });
  }

  async undo(batch: string): Promise<void> {
    await this.#try(async () => {
      await this.#deps.store().restore(batch);
      await this.#changed([]);
    });
  }

  /** Deletes for good what can be brought back; what was deleted before a moment, if one is given. */
  async emptyTrash(before?: number): Promise<void> {
    await this.#try(async () => {
      await this.#deps.store().emptyTrash(before);
      this.trash = await this.#deps.store().listTrash();
    });
  }

  async changeTags(
    ids: readonly string[],
    change: { add?: readonly string[]; remove?: readonly string[] },
  ): Promise<void> {
    await this.#try(async () => {
      await this.#deps.store().changeTags(ids, change);
      await this.#changed(ids);
    });
  }

  /** These dialogues as JSONL, in pieces. Those that are gone are left out. */
  async exported(ids: readonly string[]): Promise<string[]> {
    const lines: string[] = [];
    for (const id of ids) {
      const dialogue = await this.get(id);
      if (dialogue) lines.push(`${writeDialogue(dialogue)}\n`);
    }
    return lines;
  }

  /** Rows are read again where they may have changed. */
  async #changed(ids: readonly string[]): Promise<void> {
    const rows = new Map(this.rows);
    for (const id of ids) rows.delete(id);
    this.rows = rows;
    await this.refresh();
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      if (!isAbort(reason)) this.error = toErrorData(reason);
    }
  }
}
