/** What replaces a precision of 0 / d: 0.1 / d (method 1 of Chen and Cherry 2014). */
const epsilon = 0.1;
const orders = [1, 2, 3, 4] as const;

type Counts = ReadonlyMap<string, number>;

/** n-grams of words with their counts. */
export function countGrams(words: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= words.length; i++) {
    const gram = words.slice(i, i + n).join('\u0000');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/**
 * BLEU-4 of one sentence against references (Papineni et al. 2002), uniform weights, smoothing method 1; words
 * as given. 0 for a sentence that shares no word with any reference. The same as nltk's `sentence_bleu`.
 */
export function sentenceBleu(
  references: readonly (readonly string[])[],
  sentence: readonly string[],
): number {
  const most = orders.map((n) => {
    const limits = new Map<string, number>();
    for (const reference of references) {
      for (const [gram, count] of countGrams(reference, n)) {
        limits.set(gram, Math.max(limits.get(gram) ?? 0, count));
      }
    }
    return limits;
  });
  const lengths = references.map((reference) => reference.length);
  return bleuOf(
    sentence.length,
    closest(lengths, sentence.length),
    orders.map((n) => clipped(countGrams(sentence, n), (gram) => most[n - 1]?.get(gram) ?? 0)),
  );
}

interface Precision {
  hits: number;
  of: number;
}

/** Hits clipped to what a reference has; the count is never below 1, as in nltk. */
function clipped(counts: Counts, limit: (gram: string) => number): Precision {
  let [hits, of] = [0, 0];
  for (const [gram, count] of counts) {
    hits += Math.min(count, limit(gram));
    of += count;
  }
  return { hits, of: Math.max(1, of) };
}

function bleuOf(length: number, reference: number, precisions: readonly Precision[]): number {
  if (length === 0 || precisions[0]?.hits === 0) return 0;
  const brevity = length > reference ? 1 : Math.exp(1 - reference / length);
  const logs = precisions.reduce(
    (sum, { hits, of }) => sum + Math.log((hits === 0 ? epsilon : hits) / of),
    0,
  );
  return brevity * Math.exp(logs / precisions.length);
}

/** The reference length that is nearest; of two equally near the shorter. */
function closest(lengths: readonly number[], length: number): number {
  let best = lengths[0] ?? 0;
  for (const other of lengths) {
    const nearer = Math.abs(other - length) - Math.abs(best - length);
    if (nearer < 0 || (nearer === 0 && other < best)) best = other;
  }
  return best;
}

/** How often a sentence has an n-gram at most, in which, and at most in another one. */
interface Most {
  count: number;
  holder: number;
  other: number;
}

/**
 * Self-BLEU (Zhu et al. 2018): mean over sentences of each one's BLEU-4 against all others; high where all say
 * the same. What the others have at most is kept as the two greatest counts, so the time is linear in the words.
 * `null` with fewer than two sentences.
 */
export function selfBleu(sentences: readonly (readonly string[])[]): number | null {
  if (sentences.length < 2) return null;
  const counted = sentences.map((words) => orders.map((n) => countGrams(words, n)));
  const most = orders.map((_, at) => {
    const found = new Map<string, Most>();
    for (const [holder, counts] of counted.entries()) {
      for (const [gram, count] of counts[at] ?? []) {
        const known = found.get(gram);
        if (!known) found.set(gram, { count, holder, other: 0 });
        else if (count > known.count) {
          known.other = known.count;
          known.count = count;
          known.holder = holder;
        } else known.other = Math.max(known.other, count);
      }
    }
    return found;
  });
  const lengths = new Map<number, number>();
  for (const { length } of sentences) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  let sum = 0;
  for (const [i, { length }] of sentences.entries()) {
    const others = [...lengths.entries()].flatMap(([other, count]) =>
      other === length && count === 1 ? [] : [other],
    );
    const precisions = orders.map((_, at) =>
      clipped(counted[i]?.[at] ?? new Map(), (gram) => {
        const known = most[at]?.get(gram);
        if (!known) return 0;
        return known.holder === i ? known.other : known.count;
      }),
    );
    sum += bleuOf(length, closest(others, length), precisions);
  }
  return sum / sentences.length;
}
