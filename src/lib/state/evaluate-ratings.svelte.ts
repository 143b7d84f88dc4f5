import { toErrorData, type ErrorData } from '../contracts/errors';
import { streamChunks } from '../engine/files/source';
import { allMetrics, metricById, valuesByDialogue, type EvaluationInput } from '../metrics/index';
import { splitLines } from '../store/index';
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

  /** Reads a file of ratings, one JSON a line: `{ dialogueId, question, rating }`. Other lines are told of. */
  async read(file: Blob): Promise<void> {
    this.error = null;
    const ratings: Rating[] = [];
    const problems: Problem[] = [];
    try {
      let line = 0;
      for await (const text of splitLines(streamChunks(file.stream()))) {
        line += 1;
        if (text.trim() === '') continue;
        const read = ratingOf(text);
        if (typeof read === 'string') problems.push({ line, reason: read });
        else ratings.push(read);
      }
      this.problems = problems;
      this.use(ratings);
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
