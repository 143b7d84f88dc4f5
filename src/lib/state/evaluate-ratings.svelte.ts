import type { Dialogue } from '../contracts/dialogue';
import { LabError, toErrorData, type ErrorData } from '../contracts/errors';
import { streamChunks } from '../engine/files/source';
import { allMetrics, metricById, valuesByDialogue, type EvaluationInput } from '../metrics/index';
import { mergeRatings } from '../metrics/people/merge';
import { dialogueRatings, unblind } from '../metrics/people/unblind';
import { splitLines } from '../store/index';
import { readRatings, type RatingsFile } from '../store/ratings/files';
import { questionsOf, ratingChart, type Rating, type ScatterChart } from '../report/index';

interface Problem {
  line: number;
  reason: string;
}

/** Metrics that can be set against ratings, those of recommended items first. */
export const ratedMetrics = [...allMetrics]
  .sort((a, b) => Number(b.id.startsWith('match')) - Number(a.id.startsWith('match')))
  .map(({ id, name }) => ({ value: id, label: name }));

/** People's ratings set against a metric, dialogue by dialogue. */
export class RatingFigure {
  ratings = $state.raw<readonly Rating[]>([]);
  problems = $state.raw<readonly Problem[]>([]);
  question = $state('');
  metric = $state('match-attributes');
  error = $state.raw<ErrorData | null>(null);

  readonly questions = $derived(questionsOf(this.ratings));

  /** Takes ratings from wherever they were given. */
  use(ratings: readonly Rating[]): void {
    this.ratings = ratings;
    if (!this.questions.includes(this.question)) this.question = this.questions[0] ?? '';
  }

  /**
   * Reads files of ratings: raters' files of the rating room, whose blinding is lifted for these dialogues, or one JSON
   * a line, `{ dialogueId, question, rating }`. Other lines are told of.
   */
  async read(files: readonly File[], dialogues: readonly Dialogue[]): Promise<void> {
    this.error = null;
    const ratings: Rating[] = [];
    const problems: Problem[] = [];
    const raters: RatingsFile[] = [];
    try {
      for (const file of files) {
        if (await isOfRoom(file)) raters.push(readRatings(await file.text(), file.name));
        else await readLines(file, ratings, problems);
      }
      if (raters.length > 0) {
        const merged = mergeRatings(raters);
        ratings.push(...dialogueRatings(merged, unblind(merged.plan, dialogues)));
        problems.push(...raters.flatMap((file) => file.problems));
        problems.push(...merged.refused.map(({ reason }) => ({ line: 0, reason })));
      }
      this.problems = problems;
      this.use(ratings);
      if (ratings.length === 0) throw nothingRated();
    } catch (reason) {
      this.error = toErrorData(reason);
    }
  }

  /** The figure of the chosen metric and question; `null` where there is nothing to set against each other. */
  chart(
    input: EvaluationInput,
    { seed, theta }: { seed: number; theta: number },
  ): ScatterChart | null {
    const metric = metricById(this.metric);
    if (metric === null || this.ratings.length === 0) return null;
    const rated = new Set(this.ratings.map(({ dialogueId }) => dialogueId));
    const own = input.dialogues.filter(({ id }) => rated.has(id));
    const values = valuesByDialogue(metric, own, input.catalogue, theta);
    return ratingChart(metric, this.question, values, this.ratings, { seed });
  }
}

/** Files of the rating room say of themselves what they are. */
async function isOfRoom(file: File): Promise<boolean> {
  const [first = ''] = (await file.slice(0, 4096).text()).trimStart().split('\n');
  return first.includes('"kind"');
}

async function readLines(file: File, ratings: Rating[], problems: Problem[]): Promise<void> {
  let line = 0;
  for await (const text of splitLines(streamChunks(file.stream()))) {
    line += 1;
    if (text.trim() === '') continue;
    const read = ratingOf(text);
    if (typeof read === 'string') problems.push({ line, reason: read });
    else ratings.push(read);
  }
}

function nothingRated(): LabError {
  return new LabError(
    'bad-input',
    'Nothing in these files rates a dialogue that was evaluated. Choose ratings of the same dialogues.',
  );
}

function ratingOf(text: string): Rating | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'It is not JSON.';
  }
  if (typeof value !== 'object' || value === null) return 'It is not a rating.';
  const { dialogueId, question, rating } = value as Record<string, unknown>;
  if (typeof dialogueId !== 'string' || typeof question !== 'string') {
    return 'It lacks "dialogueId" or "question".';
  }
  if (typeof rating !== 'number' || !Number.isFinite(rating)) return '"rating" is not a number.';
  return { dialogueId, question, rating };
}
