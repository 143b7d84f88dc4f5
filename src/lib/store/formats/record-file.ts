import type { Dialogue } from '../../contracts/dialogue';
import { checkDialogue } from '../record-check';
import { byteLines } from './byte-lines';
import { jsonLines } from './json';
import { bad, count, defaultLimits, good, type Found, type ImportLimits } from './limits';

/**
 * The records of a JSONL file, one after the other, each bad line with its number and reason, within the limits of every
 * import. Apart from `readFile`, which knows all formats and is much to load for a page that takes only this one.
 *
 * Errors: `bad-input` for a file over the limit of bytes, and for UTF-16.
 */
export async function* readRecordFile(
  file: { stream(): ReadableStream<Uint8Array> },
  limits: ImportLimits = defaultLimits,
): AsyncGenerator<Found<Dialogue>> {
  let records = 0;
  for await (const found of jsonLines(byteLines(file.stream(), limits), limits)) {
    records += 1;
    if (records > limits.records) {
      const most = count(limits.records);
      yield bad(found.line, `The file has more than ${most} records: the rest is not read.`);
      return;
    }
    if (!found.ok) yield found;
    else {
      const checked = checkDialogue(found.value);
      yield checked.ok ? good(found.line, checked.dialogue) : bad(found.line, checked.reason);
    }
  }
}
