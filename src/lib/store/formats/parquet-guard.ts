import { snappyUncompress } from 'hyparquet';
import { LabError } from '../../contracts/errors';
import { count } from './limits';
import type { ImportLimits } from './limits';
import { checkRuns, pageHeader, type PageColumn } from './parquet-pages';
import { walkThrift } from './parquet-thrift';

const magic = 0x31524150;
const mebi = 2 ** 20;

export function refuseParquet(why: string): never {
  throw new LabError('bad-input', `The Parquet file cannot be read: ${why}.`);
}

/** Where the file's metadata lie, from its last bytes. Errors: `bad-input`. */
export function footerRange(tail: Uint8Array, fileLength: number): { start: number; end: number } {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  if (tail.byteLength < 8 || view.getUint32(tail.byteLength - 4, true) !== magic) {
    refuseParquet('it does not end as one does; it may be cut off');
  }
  const length = view.getUint32(tail.byteLength - 8, true);
  if (length > fileLength - 12) refuseParquet('its footer is longer than the file');
  return { start: fileLength - 8 - length, end: fileLength };
}

/** Checks that metadata can be given to a reader that trusts their lengths. Errors: `bad-input`. */
export function guardFooter(footer: Uint8Array): void {
  guarded(() => walkThrift(footer));
}

/** Runs work on bytes that may be anything; whatever it throws becomes a `bad-input`. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (reason) {
    if (reason instanceof LabError) throw reason;
    const words = reason instanceof Error ? reason.message : String(reason);
    return refuseParquet(words.replace(/\.$/, ''));
  }
}

/**
 * Counts what a file unpacks to, page by page and before a reader that trusts lengths sees it: a small file can claim
 * any number of values and bytes.
 */
export class ParquetGuard {
  #bytes = 0;
  #values = 0;

  constructor(readonly limits: Pick<ImportLimits, 'pageValues' | 'unpackedBytes'>) {}

  /** Errors: `bad-input` for pages that claim too much or contradict themselves, and for codecs that are not read. */
  checkChunk(chunk: Uint8Array, column: PageColumn, codec: string): void {
    guarded(() => {
      for (let at = 0; at < chunk.length - 1;) {
        const { fields, end } = walkThrift(chunk, at);
        const size = fields.numbers.get(2) ?? -1;
        const packed = fields.numbers.get(3) ?? -1;
        if (size < 0 || packed < 0 || packed > chunk.length - end) {
          throw new Error('a page of it is cut off');
        }
        this.#countBytes(size);
        const values = pageHeader(fields)?.values ?? fields.structs.get(7)?.numbers.get(1) ?? 0;
        this.#countValues(values);
        this.#checkPage(chunk.subarray(end, end + packed), size, fields, column, codec);
        at = end + packed;
      }
    });
  }

  #checkPage(
    packed: Uint8Array,
    size: number,
    fields: Parameters<typeof pageHeader>[0],
    column: PageColumn,
    codec: string,
  ): void {
    const header = pageHeader(fields);
    if (header === null) return;
    const { repetition, definition } = header.levelBytes;
    const levels = repetition + definition;
    if (repetition < 0 || definition < 0 || levels > packed.length || levels > size) {
      throw new Error('a page of it is cut off');
    }
    const isPlain = codec === 'UNCOMPRESSED' || !header.isCompressed;
    const bytes = isPlain ? packed : unpacked(packed, levels, size);
    checkRuns(bytes, header, column);
  }

  #countBytes(bytes: number): void {
    this.#bytes += bytes;
    const most = this.limits.unpackedBytes;
    if (this.#bytes > most) {
      throw new Error(`it unpacks to more than ${count(Math.floor(most / mebi))} MiB`);
    }
  }

  #countValues(values: number): void {
    this.#values += values;
    const { pageValues } = this.limits;
    if (values < 0 || values > pageValues || this.#values > 10 * pageValues) {
      throw new Error(`a page of it claims ${count(values)} values`);
    }
  }
}

/** A page unpacked; its levels, of the second version, stand before it and are never packed. */
function unpacked(packed: Uint8Array, levels: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(packed.subarray(0, levels));
  if (size > levels) snappyUncompress(packed.subarray(levels), bytes.subarray(levels));
  return bytes;
}
