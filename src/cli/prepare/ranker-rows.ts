import type { ItemId } from '../../lib/contracts/catalogue';
import type { Catalogue } from '../../lib/domain/catalogue';
import type { Random } from '../../lib/domain/random';
import { bagOf } from '../../lib/recommend/bag';
import type { ContentScorer } from '../../lib/recommend/content-scores';
import { readSignals } from '../../lib/recommend/signals';
import { tasteOf } from '../../lib/recommend/taste';
import type { Question } from './questions';

/** A question as the recipe reads it; no text of the source but single words. */
export interface RankerRow {
  dialogue: string;
  split: 'train' | 'validation';
  /** Candidates by position in the catalogue: the best by content, then some drawn from the others. */
  candidates: readonly number[];
  /** Their content scores. */
  scores: readonly number[];
  /** Positions within `candidates` of what was recommended. */
  answers: readonly number[];
  /** How many of the others each drawn candidate stands for. */
  standsFor: number;
  /** How many candidates, from the end, were drawn. */
  drawn: number;
  /** What was said: table, key, weight. */
  bag: readonly (readonly [string, string, number])[];
}

export interface RowOptions {
  best: number;
  drawn: number;
  random: Random;
  /** Items of the dialogue, where it is among those that the content ranker's counts are from. */
  without: ReadonlySet<ItemId>;
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** Positions with the answers first, then the best by score, and the score of the last of them. */
function bestOf(scores: Float64Array, answers: readonly number[], count: number): number[] {
  const least = Float64Array.from(scores).sort()[scores.length - count] ?? -Infinity;
  const chosen = new Set(answers);
  scores.forEach((score, at) => {
    if (chosen.size < count && score >= least) chosen.add(at);
  });
  return [...chosen];
}

function drawOthers(taken: ReadonlySet<number>, size: number, count: number, random: Random) {
  const drawn = new Set<number>();
  while (drawn.size < Math.min(count, size - taken.size)) {
    const at = Math.floor(random() * size);
    if (!taken.has(at)) drawn.add(at);
  }
  return [...drawn];
}

/** One row of a question, or `null` when all that is recommended was named before. */
export function rankerRow(
  question: Question,
  catalogue: Catalogue,
  scorer: ContentScorer,
  { best, drawn, random, without }: RowOptions,
): Pick<RankerRow, 'candidates' | 'scores' | 'answers' | 'standsFor' | 'drawn' | 'bag'> | null {
  const places = new Map(catalogue.items.map(({ id }, at) => [id, at]));
  const answers = question.answers.flatMap((id) =>
    question.named.has(id) ? [] : (places.get(id) ?? []),
  );
  if (answers.length === 0) return null;
  const signals = readSignals(question.view, catalogue);
  const scores = scorer.scores(tasteOf(signals), without);
  const named = [...question.named].flatMap((id) => places.get(id) ?? []);
  for (const at of named) scores[at] = -Infinity;
  const first = bestOf(scores, answers, best);
  const taken = new Set([...first, ...named]);
  const others = drawOthers(taken, scores.length, drawn, random);
  const candidates = [...first, ...others];
  return {
    candidates,
    scores: candidates.map((at) => rounded(scores[at] ?? 0, 3)),
    answers: answers.map((_, i) => i),
    standsFor: others.length === 0 ? 1 : (scores.length - taken.size) / others.length,
    drawn: others.length,
    bag: bagOf(signals).map(({ table, key, weight }) => [table, key, rounded(weight, 4)] as const),
  };
}
