import { join } from 'node:path';
import { recallTurnMetrics } from '../../../src/lib/metrics/single-turn/recall';
import type { SingleTurn } from '../../../src/lib/metrics/single-turn/row';
import type { Ranker } from '../../../src/lib/recommend/ranker';
import type { Bar, MeasureContext } from '../runner/bars';
import { atLeast, evidenceOf, number, seed } from './evidence';
import { parts, type Part } from './human';
import {
  contextQuestions,
  picksOf,
  rowOf,
  type ContextJob,
  type Cut,
  type Picks,
} from './human-context';
import { taggedHumans } from './human-setting';
import { resumable, withJudges } from './jobs';
import type { PairModel } from './models';
import { rankerByName } from './rankers';
import { answersFolder, pairInputs, settingOf, type Setting } from './setting';

/** K: how many of the ranker's best the model chooses from; all is the model alone. */
export const cuts: readonly Cut[] = [2, 3, 5, 10, 20, 50, 'all'];

const ids = [1, 10, 50].flatMap((k) => [
  `turn-recall@${String(k)}-new`,
  `turn-recall@${String(k)}`,
]);
const resamples = 1000;

/** Recall of a system's rows; with and without repeats. */
function recallOf(rows: readonly SingleTurn[]) {
  const results = recallTurnMetrics
    .filter(({ id }) => ids.includes(id))
    .map((metric) => metric.measure(rows, seed, resamples));
  return Object.fromEntries(results.map((result) => [result.id, evidenceOf(result)]));
}

type Recall = ReturnType<typeof recallOf>;

function modelPicks(
  jobs: readonly ContextJob[],
  model: PairModel,
  ranker: Ranker,
  { pair }: MeasureContext,
  folder: string,
  { domain, say }: Setting,
): Promise<Picks> {
  return withJudges(model, pair.workers, async (judges) => {
    const file = `context-${ranker.name}-${model.hash.slice(-12).replace(/\W/g, '_')}.jsonl`;
    const found = await resumable(
      jobs,
      join(folder, file),
      judges.map(
        (judge) => (job: ContextJob) => picksOf(judge, job, ranker, domain.catalogue, cuts),
      ),
      (text) => {
        say(`dialogues of ${model.id}: ${text}`);
      },
    );
    return Object.assign({}, ...found) as Picks;
  });
}

const at = (recall: Recall | undefined, k: number, suffix = '-new') =>
  recall?.[`turn-recall@${String(k)}${suffix}`] ?? { value: null, interval: null };

/** The K that names most films right on validation; of equals the smaller. */
export function chosenCut(sweep: ReadonlyMap<Cut, Recall>): Cut {
  return cuts.reduce((best, cut) => {
    const [now, before] = [at(sweep.get(cut), 1).value ?? -1, at(sweep.get(best), 1).value ?? -1];
    return now > before ? cut : best;
  });
}

export const contextBar: Bar = {
  set: 'pair',
  number: 6,
  title:
    'Recommender in human contexts of the test half: Recall@1, @10, @50 >= .035, .18, .35 without repeats; K chosen on validation',
  inputs: [
    ...pairInputs,
    'models/labels',
    'models/training/tagger.py',
    ...['bar-context', 'human', 'human-context', 'tagging', 'rankers'].map(
      (name) => `test/bars/pair/${name}.ts`,
    ),
  ],
  needsRedial: true,
  measure: async (root, context) => {
    const setting = await settingOf(root, 6, context, true);
    const { domain, recommender, base } = setting;
    const folder = answersFolder(root, ['human', 'human-context', 'tagging']);
    const { data, tagged } = await taggedHumans(root, context, folder);
    const jobs = data.dialogues.flatMap((dialogue): ContextJob[] => {
      const questions = contextQuestions(dialogue, tagged.labels, domain.catalogue);
      return questions.length === 0 ? [] : [{ key: dialogue.source.id, questions }];
    });
    const questions = jobs.flatMap((job) => job.questions);
    const ranker = rankerByName(context.pair.ranker, domain, seed);
    const recallIn = (part: Part, system: string, by: Ranker, picks: Picks | null, cut: Cut) =>
      recallOf(
        questions
          .filter((question) => question.part === part)
          .map((question) =>
            rowOf(
              question,
              system,
              by,
              domain.catalogue,
              picks?.[question.id]?.[String(cut)] ?? null,
            ),
          ),
      );
    const sweepOf = (part: Part, picks: Picks) =>
      new Map(cuts.map((cut) => [cut, recallIn(part, 'model', ranker, picks, cut)]));
    const ours = await modelPicks(jobs, recommender, ranker, context, folder, setting);
    const zeroShot = await modelPicks(jobs, base, ranker, context, folder, setting);
    const best = chosenCut(sweepOf('validation', ours));
    const bestOfBase = chosenCut(sweepOf('validation', zeroShot));
    const rankers = [context.pair.ranker, 'content', 'popularity'].map((name) =>
      rankerByName(name, domain, seed),
    );
    const alone = Object.fromEntries(
      rankers.map((by) => [
        by.name,
        Object.fromEntries(parts.map((part) => [part, recallIn(part, by.name, by, null, 1)])),
      ]),
    );
    const test = sweepOf('test', ours);
    const found = test.get(best);
    const line = (recall: Recall | undefined, suffix = '-new') =>
      [1, 10, 50].map((k) => number(at(recall, k, suffix))).join(' / ');
    const counted = found?.['turn-recall@1-new'];
    const table = (picks: Picks) =>
      Object.fromEntries(
        parts.map((part) => [
          part,
          Object.fromEntries([...sweepOf(part, picks)].map(([cut, r]) => [String(cut), r])),
        ]),
      );
    return {
      passed:
        atLeast(at(found, 1).value, 0.035) &&
        atLeast(at(found, 10).value, 0.18) &&
        atLeast(at(found, 50).value, 0.35),
      figures: {
        'K chosen': String(best),
        'Recall@1 / 10 / 50': line(found),
        'with repeats': line(found, ''),
        [`ranker alone (${ranker.name})`]: line(alone[ranker.name]?.['test']),
        'model alone': line(test.get('all')),
        content: line(alone['content']?.['test']),
        popularity: line(alone['popularity']?.['test']),
        [`base (K ${String(bestOfBase)})`]: line(
          recallIn('test', 'base', ranker, zeroShot, bestOfBase),
        ),
        ...Object.fromEntries(
          cuts.map((cut) => [`Recall@1 at K ${String(cut)}`, number(at(test.get(cut), 1))]),
        ),
      },
      n: `${String(counted?.counts?.of ?? 0)} recommended films in ${String(counted?.n ?? 0)} dialogues`,
      seed,
      command: setting.command,
      detail: { pair: table(ours), base: table(zeroShot), alone, tagger: tagged.agreement },
    };
  },
};
