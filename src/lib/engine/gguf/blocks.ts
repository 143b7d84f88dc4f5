/** Columns handled together, so that reads run along a row of words and writes stay in the processor's cache. */
const tile = 64;

export interface PackedMatrix {
  /** [groups * wordsPerGroup, columns]: the code words of each output column, top to bottom. */
  words: Uint32Array;
  /** [groups / 2, columns]: two f16 scales a word, the even group in the low half. */
  scales: Uint32Array;
  /** Output columns of the packed matrix. */
  columns: number;
  /** Groups of 32 inputs in a column. */
  groups: number;
  /** 4 for Q4_0, 8 for Q8_0. */
  wordsPerGroup: number;
}

/**
 * Writes columns `[from, from + count)` of a packed matrix as GGUF blocks (an f16 scale, then the codes), one GGUF
 * row a column. Nothing is rounded: code words and scales move unchanged. `rowOf` says which GGUF row a column
 * (counted from `from`) becomes. `target` must start at an even address.
 */
export function writeBlocks(
  matrix: PackedMatrix,
  from: number,
  count: number,
  target: Uint8Array<ArrayBuffer>,
  rowOf: (column: number) => number = (column) => column,
): void {
  const { words, scales, columns, groups, wordsPerGroup } = matrix;
  const blockHalves = 1 + 2 * wordsPerGroup;
  const halves = new Uint16Array(target.buffer, target.byteOffset, target.byteLength / 2);
  if (halves.length !== count * groups * blockHalves)
    throw new RangeError(`${halves.length * 2} bytes for ${count} rows of ${groups} groups`);
  const rows = Int32Array.from({ length: count }, (_, column) => rowOf(column));
  for (let start = 0; start < count; start += tile) {
    const end = Math.min(start + tile, count);
    for (let group = 0; group < groups; group++) {
      const scaleRow = (group >> 1) * columns + from;
      const shift = (group & 1) * 16;
      const wordRow = group * wordsPerGroup * columns + from;
      for (let column = start; column < end; column++) {
        let at = ((rows[column] as number) * groups + group) * blockHalves;
        halves[at++] = (scales[scaleRow + column] as number) >>> shift;
        for (let word = 0; word < wordsPerGroup; word++) {
          const value = words[wordRow + word * columns + column] as number;
          halves[at++] = value;
          halves[at++] = value >>> 16;
        }
      }
    }
  }
}

/**
 * The GGUF row of a row of Q or K. GGUF's Llama pairs neighbouring rows in the rotary embedding, the packed weights
 * (as the released models) pair row i of a head with row i + size / 2.
 */
export function rotaryRow(headSize: number): (row: number) => number {
  const half = headSize / 2;
  return (row) => {
    const inside = row % headSize;
    return row - inside + (inside % half) * 2 + (inside < half ? 0 : 1);
  };
}
