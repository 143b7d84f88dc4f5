import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selfBleu, sentenceBleu } from '../../../src/lib/metrics/text/bleu';
import { createCorpus, gramOrders, type GramUnit } from '../../../src/lib/metrics/text/corpus';
import { diversityFigures } from '../../../src/lib/metrics/text/diversity';
import { createPairTable } from '../../../src/lib/metrics/text/pair-table';
import { talliesWithout, tally, type Tally } from '../../../src/lib/metrics/text/tally';

/** n-grams the slow way, as strings. */
function naive(texts: readonly (readonly string[])[], unit: GramUnit, order: number): Tally {
  const counts = new Map<string, number>();
  for (const text of texts.flat()) {
    const units = unit === 'word' ? text.split(/\s+/).filter(Boolean) : [...text];
    for (let i = 0; i + order <= units.length; i++) {
      const gram = units.slice(i, i + order).join('\u0000');
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  const values = [...counts.values()];
  return {
    total: values.reduce((sum, count) => sum + count, 0),
    distinct: counts.size,
    weighted: values.reduce((sum, count) => sum + count * Math.log2(count), 0),
    responses: texts.flat().length,
  };
}

function sameTally(found: Tally | undefined, expected: Tally): void {
  expect(found).toMatchObject({
    total: expected.total,
    distinct: expected.distinct,
    responses: expected.responses,
  });
  expect(found?.weighted).toBeCloseTo(expected.weighted, 6);
}

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'é😀'), { maxLength: 9 });
const dialogues = fc.array(
  fc.array(
    words.map((list) => list.join(' ')),
    { maxLength: 4 },
  ),
  { minLength: 1, maxLength: 12 },
);

describe('n-gram tallies', () => {
  it('are those of sets of strings, whole and without a group', () => {
    fc.assert(
      fc.property(dialogues, fc.integer({ min: 1, max: 5 }), (texts, groups) => {
        const corpus = createCorpus(texts);
        for (const unit of ['word', 'character'] as const) {
          for (const order of gramOrders) {
            sameTally(tally(corpus, unit, order), naive(texts, unit, order));
            talliesWithout(corpus, unit, order, groups).forEach((rest, group) => {
              const kept = texts.filter((_, i) => i % groups !== group);
              sameTally(rest, naive(kept, unit, order));
            });
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('no n-gram crosses from one turn into the next', () => {
    expect(tally(createCorpus([['a b', 'c d']]), 'word', 2).total).toBe(2);
  });
});

describe('the pair table', () => {
  it('numbers pairs in the order of their coming, however many', () => {
    const table = createPairTable(1);
    const numbers = Array.from({ length: 5000 }, (_, i) =>
      table.intern(i % 71, Math.floor(i / 71)),
    );
    expect(numbers).toEqual(Array.from({ length: 5000 }, (_, i) => i));
    expect(table.intern(70, 0)).toBe(70);
    expect(table.size()).toBe(5000);
  });
});

describe('Dist-n', () => {
  const figure = (id: string, texts: string[], order: 1 | 2 | 3 | 4) => {
    const found = diversityFigures.find((one) => one.id === id);
    return found?.of(tally(createCorpus([texts]), found.unit, order), order);
  };

  it('differs by name on the same text', () => {
    const texts = ['a b a b a b', 'a b'];
    expect(figure('ratio', texts, 2)).toBeCloseTo(2 / 6, 12);
    expect(figure('unicrs', texts, 2)).toBe(1);
    // "a ", " b", "b ", " a"
    expect(figure('crslab', texts, 2)).toBe(2);
    expect(figure('entropy', ['a b', 'c d'], 1)).toBeCloseTo(2, 12);
  });

  it('adjusted by expectation is the count over what uniform draws would give', () => {
    const [v, c] = [30_522, 4];
    expect(figure('ead', ['a b c a'], 1)).toBeCloseTo(3 / (v * (1 - ((v - 1) / v) ** c)), 9);
  });

  it('is unknown of no text, never 0', () => {
    expect(diversityFigures.map(({ id }) => figure(id, [], 4))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(selfBleu([['a']])).toBeNull();
  });
});

describe('Self-BLEU', () => {
  it('is the mean of BLEU against all others', () => {
    const sentence = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 2, maxLength: 8 }), (sentences) => {
        const each = sentences.map((own, i) =>
          sentenceBleu(
            sentences.filter((_, j) => j !== i),
            own,
          ),
        );
        const mean = each.reduce((sum, one) => sum + one, 0) / each.length;
        expect(selfBleu(sentences)).toBeCloseTo(mean, 9);
      }),
    );
  });
});
