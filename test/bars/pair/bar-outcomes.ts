import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import { recommenderView } from '../../../src/lib/dialogue/views';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import { summarise, type Metric, type MetricResult } from '../../../src/lib/metrics';
import { recommendationsOf } from '../../../src/lib/metrics/recommendations';
import type { Ranker } from '../../../src/lib/recommend/ranker';
import type { Bar, MeasureContext } from '../runner/bars';
import { atLeast, atMost, evidenceOf, metricNamed, number, overlap, seed, share } from './evidence';
import { rankerByName } from './rankers';
import { pairInputs, settingOf } from './setting';
import { simulated, type Simulation } from './simulations';

const inputs = [
  ...pairInputs,
  'src/cli/simulate',
  ...['bar-outcomes', 'simulations'].map((name) => `test/bars/pair/${name}.ts`),
];

export type Results = Readonly<Record<string, MetricResult>>;

/** Metrics of dialogues by id. */
export function resultsOf(
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  ids: readonly string[],
): Results {
  const only: Metric[] = ids.map(metricNamed);
  const { metrics } = summarise(dialogues, catalogue, seed, { only });
  return Object.fromEntries(metrics.map((metric) => [metric.id, metric]));
}

const nothing = { value: null, interval: null };
export const result = (results: Results, id: string) => results[id] ?? nothing;

export function detailOf(results: Results) {
  return Object.fromEntries(Object.values(results).map((r) => [r.id, evidenceOf(r)]));
}

/** The simulations that a bar reads, by what plays against what. */
export async function dialoguesOf(root: string, bar: number, context: MeasureContext) {
  const setting = await settingOf(root, bar, context);
  const { user, recommender, base } = setting;
  const { dialogues, baseDialogues } = context.pair;
  const hold = (simulation: Omit<Simulation, 'engine'>, engine: Simulation['engine'] = 'native') =>
    simulated(root, { ...simulation, engine }, context.pair, setting.profiles);
  return {
    setting,
    pair: () => hold({ user, recommender, dialogues }),
    base: () => hold({ user: base, recommender: base, dialogues: baseDialogues }),
    pairWithRandom: () => hold({ user, recommender: 'random', dialogues }),
    baseWithRandom: () => hold({ user: base, recommender: 'random', dialogues: baseDialogues }),
    inBrowser: () => hold({ user, recommender, dialogues: context.pair.browserDialogues }, 'wasm'),
  };
}

const outcomes = [
  'raw-success',
  'verified-success',
  'false-accept-rate',
  'discrimination',
  'exchanges-median',
  'exchanges-to-success-median',
  'raw-success-sound',
];

export const outcomesBar: Bar = {
  set: 'pair',
  number: 4,
  title:
    'With our recommender, 10 exchanges: raw success >= 95 %, verified >= 85 %, false accepts <= 10 %, median exchanges >= 3; with the random one raw success falls by >= 40 points',
  inputs,
  measure: async (root, context) => {
    const runs = await dialoguesOf(root, 4, context);
    const { setting } = runs;
    const { catalogue } = setting.domain;
    const measured = async (held: () => Promise<readonly Dialogue[]>) =>
      resultsOf(await held(), catalogue, outcomes);
    const ours = await measured(runs.pair);
    // Two processes, a thread each: a control asks no model.
    const [random, baseRandom] = await Promise.all([
      measured(runs.pairWithRandom),
      measured(runs.baseWithRandom),
    ]);
    const zeroShot = await measured(runs.base);
    const of = (id: string) => result(ours, id);
    const raw = of('raw-success').value;
    const withRandom = result(random, 'raw-success').value;
    const fall = raw === null || withRandom === null ? null : raw - withRandom;
    return {
      passed:
        atLeast(raw, 0.95) &&
        atLeast(of('verified-success').value, 0.85) &&
        atMost(of('false-accept-rate').value, 0.1) &&
        atLeast(of('exchanges-median').value, 3) &&
        atLeast(fall, 0.4),
      figures: {
        'raw success': share(of('raw-success')),
        'verified success': share(of('verified-success')),
        'false accepts': share(of('false-accept-rate')),
        'median exchanges': number(of('exchanges-median'), 1),
        'median exchanges to success': number(of('exchanges-to-success-median'), 1),
        'raw success with random': share(result(random, 'raw-success')),
        'discrimination in dialogues': number(of('discrimination')),
        'base, raw': share(result(zeroShot, 'raw-success')),
        'base, verified': share(result(zeroShot, 'verified-success')),
        'base, false accepts': share(result(zeroShot, 'false-accept-rate')),
        'base, median exchanges': number(result(zeroShot, 'exchanges-median'), 1),
        'base, raw with random': share(result(baseRandom, 'raw-success')),
      },
      n: `${String(ours['raw-success']?.n ?? 0)} dialogues, ${String(random['raw-success']?.n ?? 0)} with random, ${String(zeroShot['raw-success']?.n ?? 0)} of the base`,
      seed,
      command: setting.command,
      detail: {
        pair: detailOf(ours),
        random: detailOf(random),
        base: detailOf(zeroShot),
        baseRandom: detailOf(baseRandom),
      },
    };
  },
};

/** The dialogue as if another ranker had recommended at the same turns, so many items as were. */
export function withRanker(dialogue: Dialogue, ranker: Ranker, catalogue: Catalogue): Dialogue {
  const recommended = recommendationsOf(dialogue);
  const turns = dialogue.turns.map((turn, i) => {
    const count = recommended.filter((r) => r.turn === i).length;
    if (count === 0) return turn;
    const view = recommenderView(dialogue.turns.slice(0, i), catalogue);
    const candidates = ranker.rank(view, catalogue, 50);
    const actions = turn.actions.map((action) =>
      action.type === 'recommend' ? { ...action, items: candidates.slice(0, count) } : action,
    );
    return { ...turn, actions, candidates };
  });
  return { ...dialogue, turns };
}

const recommending = [
  'recall@1-first-macro',
  'recall@10-first-macro',
  'recall@50-first-macro',
  'match-targets-first',
  'match-targets-all',
];
/** The paper's Recall@1 in simulation. */
const published = 0.0217;
const [fewest, most] = [20, 300];

export const recallBar: Bar = {
  set: 'pair',
  number: 7,
  title:
    'In simulation, first recommended item: Recall@1 > .0217 at anonymity 20-300; Match Score beside random and popularity',
  inputs,
  measure: async (root, context) => {
    const runs = await dialoguesOf(root, 7, context);
    const { setting } = runs;
    const { domain } = setting;
    const inRange = (dialogues: readonly Dialogue[]) =>
      dialogues.filter(({ profile: { anonymity } }) => anonymity >= fewest && anonymity <= most);
    const pair = inRange(await runs.pair());
    const ours = resultsOf(pair, domain.catalogue, recommending);
    const others = Object.fromEntries(
      ['random', 'popularity', 'content'].map((name) => {
        const ranker = rankerByName(name, domain, seed);
        const swapped = pair.map((d) => withRanker(d, ranker, domain.catalogue));
        return [name, resultsOf(swapped, domain.catalogue, recommending)];
      }),
    );
    const zeroShot = resultsOf(inRange(await runs.base()), domain.catalogue, recommending);
    const recall = result(ours, 'recall@1-first-macro');
    const matches = (results: Results | undefined) =>
      number(result(results ?? {}, 'match-targets-first'));
    return {
      passed: recall.value !== null && recall.value > published,
      figures: {
        'Recall@1': number(recall, 4),
        'Recall@1, base': number(result(zeroShot, 'recall@1-first-macro'), 4),
        'Recall@1, popularity': number(
          result(others['popularity'] ?? {}, 'recall@1-first-macro'),
          4,
        ),
        'Recall@10': number(result(ours, 'recall@10-first-macro')),
        "Match Score by the targets' attributes": matches(ours),
        'of random': matches(others['random']),
        'of popularity': matches(others['popularity']),
        'of content': matches(others['content']),
        'of the base': matches(zeroShot),
      },
      n: `${String(ours['recall@1-first-macro']?.n ?? 0)} dialogues at anonymity ${String(fewest)}-${String(most)}; the rankers at the same turns`,
      seed,
      command: setting.command,
      detail: {
        pair: detailOf(ours),
        base: detailOf(zeroShot),
        atTheSameTurns: Object.fromEntries(
          Object.entries(others).map(([name, results]) => [name, detailOf(results)]),
        ),
      },
    };
  },
};

const compared = [
  'raw-success',
  'verified-success',
  'false-accept-rate',
  'exchanges-median',
  'repeated-turns-user',
  'role-swapped-turns-both',
  'contradictions-any',
  'recall@1-first-macro',
  'match-targets-first',
];

export const browserBar: Bar = {
  set: 'pair',
  number: 10,
  title:
    'N >= 200 simulated dialogues through native; N = 30 repeated in the browser with the shipped weights: intervals overlap',
  inputs: [...inputs, 'src/lib/engine/wasm', 'workers'],
  measure: async (root, context) => {
    const runs = await dialoguesOf(root, 10, context);
    const { catalogue } = runs.setting.domain;
    const native = resultsOf(await runs.pair(), catalogue, compared);
    const browser = resultsOf(await runs.inBrowser(), catalogue, compared);
    const apart = compared.filter((id) => !overlap(result(native, id), result(browser, id)));
    const n = (results: Results) => results['raw-success']?.n ?? 0;
    return {
      passed: n(native) >= 200 && n(browser) >= 30 && apart.length === 0,
      figures: {
        'metrics whose intervals overlap': `${String(compared.length - apart.length)} of ${String(compared.length)}`,
        ...Object.fromEntries(
          ['raw-success', 'verified-success', 'false-accept-rate'].map((id) => [
            `${id}, native and browser`,
            `${share(result(native, id))}, ${share(result(browser, id))}`,
          ]),
        ),
        ...(apart.length > 0 ? { apart: apart.join(', ') } : {}),
      },
      n: `${String(n(native))} native, ${String(n(browser))} on wasm`,
      seed,
      command: runs.setting.command,
      detail: { native: detailOf(native), browser: detailOf(browser) },
    };
  },
};
