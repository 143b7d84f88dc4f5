import type { Role } from '../../contracts/action';
import { createRandom, deriveSeed, shuffled } from '../../domain/random';
import { groupsOf } from '../statistics/jackknife';
import { selfBleu } from '../text/bleu';
import { gramOrders, spacedWords, type GramOrder } from '../text/corpus';
import { diversityFigures, type DiversityFigure } from '../text/diversity';
import { talliesWithout, tally } from '../text/tally';
import type { Metric } from '../metric';
import { bareWords } from '../../domain/text';
import { defineCorpusMetric, dialoguesWithout, type Talk } from './corpus-metric';

/** How many turns Self-BLEU is computed on: it rises with their number. */
const selfBleuTurns = 500;

function dist(figure: DiversityFigure, order: GramOrder, role: Role): Metric {
  const { unit } = figure;
  const isEntropy = figure.id === 'entropy';
  return defineCorpusMetric({
    id: isEntropy ? `entropy-${order}-${role}` : `dist-${order}-${figure.id}-${role}`,
    name: isEntropy
      ? `Entropy of ${order}-grams, ${role}`
      : `Dist-${order} ${figure.name}, ${role}`,
    formula: figure.formula,
    variant: `${unit}s${unit === 'word' ? ' between white space, case and punctuation kept' : ', case and spaces kept'}; compare at an equal number of turns only`,
    source: figure.source,
    unit: figure.measure,
    role,
    of: ({ corpus }) => figure.of(tally(corpus, unit, order), order),
    without: ({ corpus }) =>
      talliesWithout(corpus, unit, order, groupsOf(corpus.responsesOf.length)).map((rest) =>
        figure.of(rest, order),
      ),
    counts({ corpus }) {
      const { distinct, total } = tally(corpus, unit, order);
      return { hits: distinct, of: total, unit: `${unit} ${order}-grams` };
    },
  });
}

/** The sentences of a seeded sample, empty ones left out. */
function sampleOf({ texts }: Pick<Talk, 'texts'>, seed: number): string[][] {
  const sentences = texts.flat().map(spacedWords);
  const random = createRandom(deriveSeed('self-bleu', seed));
  return shuffled(
    sentences.filter((words) => words.length > 0),
    random,
  ).slice(0, selfBleuTurns);
}

function wholeCorpus(role: Role): Metric[] {
  const vocabularyOf = ({ corpus }: Talk) => {
    const { distinct, responses } = tally(corpus, 'word', 1);
    return responses === 0 ? null : distinct;
  };
  const uniqueOf = (texts: Talk['texts']) => {
    const all = texts.flat().map(bareWords);
    return all.length === 0 ? null : new Set(all).size / all.length;
  };
  return [
    defineCorpusMetric({
      id: `vocabulary-${role}`,
      name: `Vocabulary, ${role}`,
      formula: 'different words',
      variant: 'words between white space; compare at an equal number of turns only',
      source: 'our definition',
      unit: 'words',
      role,
      of: vocabularyOf,
      without: ({ corpus }) =>
        talliesWithout(corpus, 'word', 1, groupsOf(corpus.responsesOf.length)).map(
          (rest) => rest.distinct,
        ),
    }),
    defineCorpusMetric({
      id: `self-bleu-${role}`,
      name: `Self-BLEU, ${role}`,
      formula: 'mean over turns of BLEU-4 of the turn against all other turns of the sample',
      variant: `a seeded sample of ${selfBleuTurns} turns, smoothing method 1, words between white space`,
      source: 'Zhu et al. 2018; Chen and Cherry 2014',
      unit: 'score',
      role,
      of: (talk) => selfBleu(sampleOf(talk, 1)),
      without: (talk) => dialoguesWithout(talk).map((texts) => selfBleu(sampleOf({ texts }, 1))),
    }),
    defineCorpusMetric({
      id: `unique-turns-${role}`,
      name: `Unique turns, ${role}`,
      formula: 'different turns / turns',
      variant:
        'across dialogues, case and punctuation aside; compare at an equal number of turns only',
      source: 'our definition',
      unit: 'share',
      role,
      of: ({ texts }) => uniqueOf(texts),
      without: (talk) => dialoguesWithout(talk).map(uniqueOf),
    }),
  ];
}

export const diversityMetrics: readonly Metric[] = (['user', 'recommender'] as const).flatMap(
  (role) => [
    ...diversityFigures.flatMap((figure) => gramOrders.map((order) => dist(figure, order, role))),
    ...wholeCorpus(role),
  ],
);
