/**
 * Numbers pairs of non-negative integers in the order of their first coming: an n-gram is the pair of its first
 * n - 1 units' number and its last unit. Open addressing in typed arrays: a `Map` with compound keys takes five
 * times as long, and texts hold millions of n-grams.
 */
export interface PairTable {
  /** The pair's number. */
  intern(first: number, second: number): number;
  /** How many pairs there are. */
  size(): number;
}

export function createPairTable(expected = 1024): PairTable {
  let capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
  let firsts = new Int32Array(capacity);
  let seconds = new Int32Array(capacity);
  /** The number plus one: 0 marks an empty place. */
  let numbers = new Int32Array(capacity);
  let size = 0;

  const placeOf = (first: number, second: number): number => {
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 0x7f4a7c15, 0x85ebca6b);
    hash ^= hash >>> 15;
    let place = (Math.imul(hash, 0xc2b2ae35) >>> 7) & (capacity - 1);
    while (numbers[place] !== 0 && (firsts[place] !== first || seconds[place] !== second)) {
      place = (place + 1) & (capacity - 1);
    }
    return place;
  };

  const grow = (): void => {
    const [oldFirsts, oldSeconds, oldNumbers] = [firsts, seconds, numbers];
    capacity *= 2;
    firsts = new Int32Array(capacity);
    seconds = new Int32Array(capacity);
    numbers = new Int32Array(capacity);
    for (let old = 0; old < oldNumbers.length; old++) {
      if (oldNumbers[old] === 0) continue;
      const place = placeOf(oldFirsts[old] as number, oldSeconds[old] as number);
      firsts[place] = oldFirsts[old] as number;
      seconds[place] = oldSeconds[old] as number;
      numbers[place] = oldNumbers[old] as number;
    }
  };

  return {
    size: () => size,
    intern(first, second) {
      const place = placeOf(first, second);
      const known = numbers[place] as number;
      if (known !== 0) return known - 1;
      firsts[place] = first;
      seconds[place] = second;
      size += 1;
      numbers[place] = size;
      if (size * 2 > capacity) grow();
      return size - 1;
    },
  };
}
