import { foldText } from './fold-text';
import type { TextRow } from './schema';
import { read, type Connection } from './transaction';

export interface TextHit {
  id: string;
  /** Index of the first turn that says it. */
  turn: number;
}

export interface TextSearchOptions {
  /** Only these are looked at. */
  within?: readonly string[];
  signal?: AbortSignal;
  /** After each part: what it found, and how much has been looked at so far. */
  onProgress?: (found: readonly TextHit[], looked: number) => void;
}

export interface TextSearch {
  /**
   * Looks for words as they stand, without regard to case and accents, within a turn. A part at a time, so that
   * neither memory nor the page is filled. Aborting rejects with the signal's reason.
   */
  searchTurns(words: string, options?: TextSearchOptions): Promise<TextHit[]>;
}

/** Dialogues that are read at once: some hundred kilobytes, a few milliseconds. */
const partSize = 250;
/** Up to so many are fetched one by one; beyond, reading all in their order is faster. */
const fewEnough = 2000;

export function textSearch(connect: Connection): TextSearch {
  return {
    async searchTurns(words, { within, signal, onProgress } = {}) {
      const wanted = foldText(words);
      const found: TextHit[] = [];
      let looked = 0;
      const allowed = within && new Set(within);
      for await (const rows of within && within.length <= fewEnough
        ? partsOf(connect, within)
        : allParts(connect)) {
        signal?.throwIfAborted();
        const hits = rows
          .filter(({ id }) => allowed?.has(id) ?? true)
          .flatMap((row) => hitIn(row, wanted));
        found.push(...hits);
        looked += rows.length;
        onProgress?.(hits, looked);
      }
      signal?.throwIfAborted();
      return found;
    },
  };
}

function hitIn({ id, text }: TextRow, wanted: string): TextHit[] {
  const at = wanted === '' ? -1 : text.indexOf(wanted);
  if (at < 0) return [];
  return [{ id, turn: text.slice(0, at).split('\n').length - 1 }];
}

async function* partsOf(connect: Connection, ids: readonly string[]): AsyncGenerator<TextRow[]> {
  for (let start = 0; start < ids.length; start += partSize) {
    const part = ids.slice(start, start + partSize);
    const rows = await read(connect, ['texts'], (transaction) => {
      const store = transaction.objectStore('texts');
      return Promise.all(part.map((id) => store.get(id)));
    });
    yield rows.flatMap((row) => row ?? []);
  }
}

async function* allParts(connect: Connection): AsyncGenerator<TextRow[]> {
  let after: string | null = null;
  for (;;) {
    const range: IDBKeyRange | undefined =
      after === null ? undefined : IDBKeyRange.lowerBound(after, true);
    const rows: TextRow[] = await read(connect, ['texts'], (transaction) =>
      transaction.objectStore('texts').getAll(range, partSize),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield rows;
  }
}
