import { correlate, spearman, type DialogueValue, type MetricInfo } from '../../metrics';
import type { ScatterChart } from './spec';

/** What a person said of a dialogue, from wherever ratings come. */
export interface Rating {
  dialogueId: string;
  question: string;
  rating: number;
}

/** The questions that were asked, in the order of their first coming. */
export function questionsOf(ratings: readonly Rating[]): readonly string[] {
  return [...new Set(ratings.map(({ question }) => question))];
}

/**
 * A metric against people's ratings, one mark a dialogue: the mean of its raters. Spearman's rho with a bootstrap
 * over dialogues. Dialogues that lack either are left out, and counted in the note.
 */
export function ratingChart(
  metric: Pick<MetricInfo, 'id' | 'name'>,
  question: string,
  values: readonly DialogueValue[],
  ratings: readonly Rating[],
  { seed = 1, resamples = 1000 } = {},
): ScatterChart {
  const given = new Map<string, number[]>();
  for (const one of ratings) {
    if (one.question !== question) continue;
    given.set(one.dialogueId, [...(given.get(one.dialogueId) ?? []), one.rating]);
  }
  const points = values.flatMap(({ dialogueId, value }) => {
    const own = given.get(dialogueId);
    if (own === undefined) return [];
    const mean = own.reduce((sum, rating) => sum + rating, 0) / own.length;
    return [{ label: dialogueId, x: value, y: mean }];
  });
  const pairs = points.map(({ x, y }) => [x, y] as const);
  return {
    kind: 'scatter',
    id: `rating-${metric.id.replaceAll('@', '-at-')}`,
    title: `${metric.name} against ratings: ${question}`,
    note:
      `Each mark is a dialogue, rated by one person or the mean of several. ${String(given.size - points.length)} ` +
      `rated dialogues have no value, ${String(values.length - points.length)} dialogues no rating.`,
    xLabel: metric.name,
    yLabel: question,
    points,
    correlation: {
      name: 'Spearman',
      ...correlate(pairs, spearman, seed, `${metric.id} ${question}`, resamples),
    },
  };
}
