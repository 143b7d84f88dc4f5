import type { Role } from '../../contracts/action';
import type { Dialogue } from '../../contracts/dialogue';
import { LabError } from '../../contracts/errors';
import type { Catalogue } from '../../domain/catalogue';
import { defaultTheta } from '../../profile/fit';
import { defaultResamples } from '../bootstrap';
import { createContext, type MetricContext } from '../context';
import type { TextEncoder } from '../embedding/encoder';
import type { Judged } from '../judge/judge';
import { judgeMetrics } from '../judge/metrics';
import { statusesOf, withInterval } from '../summary';
import type { Metric, MetricResult } from '../metric';
import { distanceMetrics } from '../people/distance';
import type { MergedRatings } from '../people/merge';
import { ratingResults, type RatingResults } from '../people/results';
import { allMetrics } from '../registry-all';
import type { SingleTurn } from '../single-turn/row';
import { defaultPermutations } from '../statistics/permutation';
import { compareTwo, correctedByMetric, type Contestant } from './compare';
import { curvesOf } from './curves';
import { headlinePlans, headlinesOf, singleTurnPlans } from './headlines';
import { matchMetrics } from './match';
import { bySystem, singleTurnReport } from './single-turns';
import { disqualifications } from './standing';
import { stepper, type EvaluationProgress, type Step } from './steps';
import { systemsOf, type System } from './systems';
import type { Comparison, Evaluation, PeopleReport, SingleTurnReport, SystemReport } from './types';
import { leakedIn, withoutLeaks } from './unleaked';
import { sharedWarnings, warningsOf } from './warnings';

export interface EvaluationInput {
  catalogue: Catalogue;
  /** Of any number of systems and seeds. */
  dialogues: readonly Dialogue[];
  /** People's dialogues as records, to measure the distance to. */
  people?: { name: string; dialogues: readonly Dialogue[] };
  singleTurns?: readonly SingleTurn[];
  /** Raters' answers about some of the dialogues. */
  ratings?: MergedRatings;
  /** What a judge without references said of them. */
  judged?: Judged;
}

export interface EvaluationOptions {
  seed?: number;
  theta?: number;
  resamples?: number;
  permutations?: number;
  /** Without one there is no BERTScore and no Match Score by embeddings. */
  encoder?: TextEncoder;
  onProgress?: (progress: EvaluationProgress) => void;
  signal?: AbortSignal;
}

export type { EvaluationProgress } from './steps';

type Settings = Required<Omit<EvaluationOptions, 'encoder' | 'onProgress' | 'signal'>>;

/**
 * Everything that a report shows of some dialogues: all metrics of every system, comparisons over the same
 * profiles and seeds, distances to people, single turns, and tables in which only sound systems rank. It gives way
 * to other work between metrics. Aborting rejects with the signal's reason.
 *
 * Errors: `bad-input` when there is nothing to evaluate or no dialogue is of the catalogue's domain; those of the
 * encoder.
 */
export async function evaluate(
  input: EvaluationInput,
  { encoder, onProgress, signal, ...given }: EvaluationOptions = {},
): Promise<Evaluation> {
  const settings: Settings = {
    seed: given.seed ?? 1,
    theta: given.theta ?? defaultTheta,
    resamples: given.resamples ?? defaultResamples,
    permutations: given.permutations ?? defaultPermutations,
  };
  const { catalogue, people } = input;
  const systems = systemsOf(input.dialogues);
  const singles = bySystem(input.singleTurns ?? []);
  check(input, systems, singles.size);
  const equalTurns = equalTurnsOf(systems, people?.dialogues ?? []);
  const contextOf = (dialogues: readonly Dialogue[]) =>
    createContext(dialogues, catalogue, settings.theta, { seed: settings.seed, ...equalTurns });
  const contestants = systems.map((system) => ({
    ...system,
    context: contextOf(system.dialogues),
  }));
  const distances =
    people === undefined ? [] : distanceMetrics(people.dialogues, contextOf(people.dialogues));
  const step = stepper(
    (allMetrics.length + distances.length) * systems.length +
      contestants.filter(leakedIn).length +
      (people === undefined ? 0 : 2) +
      singles.size +
      (systems.length * (systems.length - 1)) / 2 +
      (encoder ? 1 : 0) +
      (input.ratings === undefined ? 0 : 1),
    onProgress,
    signal,
  );

  const matches = encoder
    ? await matchMetrics(input.dialogues, catalogue, encoder, settings.seed, step, signal)
    : [];
  const judging = input.judged === undefined ? [] : judgeMetrics(input.judged);
  const chosen = [...allMetrics, ...matches, ...judging, ...distances];
  const reports: SystemReport[] = [];
  for (const contestant of contestants) {
    reports.push(await reportOf(contestant, chosen, settings, step));
  }
  const comparisons = await compareAll(contestants, chosen, settings, step);
  const ratings = await ratingsOf(input, [...allMetrics, ...matches, ...judging], settings, step);
  const singleTurns: SingleTurnReport[] = [];
  for (const [name, rows] of singles) {
    const what = `single turns of ${name}`;
    await step(what);
    singleTurns.push(
      await singleTurnReport(name, rows, settings, encoder, {
        signal,
        onProgress: (done, total) => step.within(`${what}: ${String(done)} of ${String(total)}`),
      }),
    );
  }
  return {
    schemaVersion: 1,
    catalogue: {
      id: catalogue.pack.id,
      items: catalogue.items.length,
      language: catalogue.pack.language,
    },
    ...settings,
    equalTurns,
    encoder: encoder?.info() ?? null,
    systems: reports,
    people: people === undefined ? null : await peopleReport(people, contextOf, settings, step),
    singleTurns,
    headlines: [
      ...headlinesOf(headlinePlans, reports),
      ...headlinesOf(
        singleTurnPlans,
        singleTurns.map((report) => ({ ...report, name: report.system })),
      ),
    ],
    comparisons,
    ...(ratings === null ? {} : { ratings }),
    ...(input.judged === undefined ? {} : { judge: input.judged.info }),
    warnings: sharedWarnings(systems, equalTurns),
  };
}

function check(
  { catalogue, dialogues }: EvaluationInput,
  systems: System[],
  singles: number,
): void {
  if (systems.length === 0 && singles === 0) {
    throw new LabError(
      'bad-input',
      'There is no dialogue to evaluate. Hold some with "npm run simulate", or choose other files.',
    );
  }
  if (systems.length > 0 && dialogues.every(({ domain }) => domain !== catalogue.pack.id)) {
    throw new LabError(
      'bad-input',
      `No dialogue is of the domain "${catalogue.pack.id}". Choose the catalogue of the dialogues.`,
    );
  }
}

/** The fewest turns of a role that a side has: everybody's diversity is computed on as many. */
function equalTurnsOf(
  systems: readonly System[],
  people: readonly Dialogue[],
): Record<Role, number> | null {
  if (systems.length === 0) return null;
  const sides = [
    ...systems.map(({ dialogues }) => dialogues),
    ...(people.length > 0 ? [people] : []),
  ];
  const least = (role: Role) =>
    Math.min(
      ...sides
        .map((dialogues) =>
          dialogues.reduce(
            (sum, { turns }) => sum + turns.filter((turn) => turn.role === role).length,
            0,
          ),
        )
        // A side that says nothing must not silence the others.
        .filter((count) => count > 0),
    );
  return { user: finite(least('user')), recommender: finite(least('recommender')) };
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

async function reportOf(
  contestant: Contestant,
  metrics: readonly Metric[],
  settings: Settings,
  step: Step,
): Promise<SystemReport> {
  const { name, dialogues, context } = contestant;
  const results: MetricResult[] = [];
  for (const metric of metrics) {
    await step(`${metric.name} of ${name}`);
    results.push(
      withInterval(metric.measure(dialogues, context), settings.seed, settings.resamples),
    );
  }
  let unleaked: readonly MetricResult[] = [];
  if (leakedIn(contestant)) {
    await step(`${name} without leaked dialogues`);
    unleaked = withoutLeaks(contestant, metrics, settings);
  }
  const [first] = dialogues;
  if (first === undefined) throw new LabError('internal', `The system ${name} has no dialogue.`);
  return {
    name,
    dialogues: dialogues.length,
    profiles: new Set(dialogues.map(({ profileId }) => profileId)).size,
    seeds: [...new Set(dialogues.map(({ seed }) => seed))].sort((a, b) => a - b),
    runIds: [...new Set(dialogues.map(({ runId }) => runId))],
    models: first.models,
    promptVersion: first.promptVersion,
    config: first.config,
    referenceDependent: first.referenceDependent,
    statuses: statusesOf(dialogues),
    results,
    disqualified: disqualifications(dialogues, results),
    unleaked,
    curves: curvesOf(dialogues, context, settings),
    warnings: warningsOf(dialogues, results),
  };
}

async function compareAll(
  contestants: readonly Contestant[],
  metrics: readonly Metric[],
  settings: Settings,
  step: Step,
): Promise<Comparison[]> {
  const wanted = new Set(headlinePlans.map(({ rankedBy }) => rankedBy));
  ['raw-success', 'verified-success', 'match-score', 'match-attributes'].forEach((id) =>
    wanted.add(id),
  );
  const chosen = metrics.filter(({ id }) => wanted.has(id));
  const found: Comparison[] = [];
  for (const [i, a] of contestants.entries()) {
    for (const b of contestants.slice(i + 1)) {
      await step(`${a.name} against ${b.name}`);
      for (const metric of chosen) {
        const comparison = compareTwo(metric, a, b, settings);
        if (comparison !== null) found.push(comparison);
      }
    }
  }
  return correctedByMetric(found);
}

async function ratingsOf(
  { ratings, dialogues, catalogue }: EvaluationInput,
  metrics: readonly Metric[],
  settings: Settings,
  step: Step,
): Promise<RatingResults | null> {
  if (ratings === undefined) return null;
  const input = { merged: ratings, dialogues, catalogue, metrics, theta: settings.theta };
  await step('ratings of people');
  return ratingResults(input, settings, (what) => {
    step.within(what);
    return step.rest();
  });
}

async function peopleReport(
  { name, dialogues }: { name: string; dialogues: readonly Dialogue[] },
  contextOf: (dialogues: readonly Dialogue[]) => MetricContext,
  { seed, resamples }: Settings,
  step: Step,
): Promise<PeopleReport> {
  await step('people');
  const context = contextOf(dialogues);
  const results = allMetrics.map((metric) =>
    withInterval(metric.measure(dialogues, context), seed, resamples),
  );
  await step('one half of the people against the other');
  const halves = [0, 1].map((half) => dialogues.filter((_, i) => i % 2 === half));
  const [own = [], others = []] = halves;
  const floors = distanceMetrics(others, contextOf(others)).map((metric) =>
    withInterval(metric.measure(own, contextOf(own)), seed, resamples),
  );
  return { name, dialogues: dialogues.length, results, floors };
}
