import type { ThriftFields } from './parquet-thrift';

/** Numbers of the format's enumeration of encodings. */
const plain = 0;
const plainDictionary = 2;
const runLengths = 3;
const deltaBinary = 5;
const deltaLengths = 6;
const dictionary = 8;
/** Front-coded strings and split bytes are left out: a few bytes of them can stand for gigabytes. */
const readable = [plain, plainDictionary, runLengths, deltaBinary, deltaLengths, dictionary];

/** What the schema says of the column that a page is of. */
export interface PageColumn {
  repetitionLevel: number;
  definitionLevel: number;
  isBoolean: boolean;
}

/** A data page's header, of either version. */
export interface PageHeader {
  version: 1 | 2;
  values: number;
  encoding: number;
  isCompressed: boolean;
  levelBytes: { repetition: number; definition: number };
}

/** Of a data page; `null` for pages of other kinds. */
export function pageHeader({ structs }: ThriftFields): PageHeader | null {
  const [one, two] = [structs.get(5), structs.get(8)];
  const fields = one ?? two;
  if (!fields) return null;
  const number = (id: number) => fields.numbers.get(id) ?? 0;
  return {
    version: one ? 1 : 2,
    values: number(1),
    encoding: number(one ? 2 : 4),
    isCompressed: two === undefined || !two.isFalse.has(7),
    levelBytes: one
      ? { repetition: 0, definition: 0 }
      : { repetition: number(6), definition: number(5) },
  };
}

/**
 * Checks that the runs of a data page stay within its number of values: a run of nine bytes may claim a billion.
 * `bytes` is the page unpacked. Errors: a plain `Error`.
 */
export function checkRuns(bytes: Uint8Array, page: PageHeader, column: PageColumn): void {
  if (!readable.includes(page.encoding))
    throw new Error('a page of it has an encoding that is not read here');
  const runs = new Runs(bytes, page.values);
  const levels = [
    { most: column.repetitionLevel, length: page.levelBytes.repetition },
    { most: column.definitionLevel, length: page.levelBytes.definition },
  ];
  for (const { most, length } of levels) {
    if (page.version === 2) runs.part(most, length);
    else if (most > 0) runs.part(most, runs.prefix());
  }
  if (column.isBoolean && page.encoding === runLengths) runs.part(1, runs.prefix());
  else if ([plainDictionary, dictionary, runLengths].includes(page.encoding)) runs.indices();
  else if ([deltaBinary, deltaLengths].includes(page.encoding)) runs.delta();
}

class Runs {
  #at = 0;

  constructor(
    readonly bytes: Uint8Array,
    readonly values: number,
  ) {}

  /** A length as four bytes. */
  prefix(): number {
    const length = [0, 1, 2, 3].reduce((sum, i) => sum + this.#byte() * 2 ** (8 * i), 0);
    if (length > this.bytes.length - this.#at) throw new Error('a page of it is cut off');
    return length;
  }

  /** Levels up to `most` in the next `length` bytes. */
  part(most: number, length: number): void {
    const end = this.#at + length;
    if (end > this.bytes.length) throw new Error('a page of it is cut off');
    if (most > 0) this.#runs(32 - Math.clz32(most));
    this.#at = end;
  }

  /** Places in the dictionary: one byte of width, then runs. */
  indices(): void {
    if (this.values === 0 || this.#at >= this.bytes.length) return;
    const width = this.#byte();
    if (width > 32) throw new Error('a page of it is damaged');
    if (width > 0) this.#runs(width);
  }

  /** The head of delta-packed numbers: block size and number of parts. */
  delta(): void {
    if (this.#at >= this.bytes.length) return;
    const block = this.#varint();
    const parts = this.#varint();
    if (block > 2 ** 16 || parts > 512 || parts === 0 || block % parts !== 0) {
      throw new Error('a page of it is damaged');
    }
  }

  #runs(width: number): void {
    let seen = 0;
    while (seen < this.values && this.#at < this.bytes.length) {
      const head = this.#varint();
      const isPacked = head % 2 === 1;
      const length = Math.floor(head / 2) * (isPacked ? 8 : 1);
      // Packed runs are filled up to eight values.
      if (length > this.values - seen + (isPacked ? 7 : 0)) {
        throw new Error('a page of it claims more values than it has');
      }
      seen += length;
      this.#at += isPacked ? Math.ceil((length * width) / 8) : Math.ceil(width / 8);
    }
  }

  #byte(): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw new Error('a page of it is cut off');
    this.#at += 1;
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('a page of it holds a number that is too long');
  }
}
