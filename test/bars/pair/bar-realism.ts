import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import {
  actDivergence,
  actPairs,
  contradictionsOf,
  gates,
  singleActs,
  type ActSequence,
} from '../../../src/lib/metrics';
import type { Bar } from '../runner/bars';
import { detailOf, dialoguesOf, result, resultsOf, type Results } from './bar-outcomes';
import { atLeast, atMost, number, seed, share } from './evidence';
import { humansOf } from './human-setting';
import { answersFolder, pairInputs } from './setting';
import { actSequence, humanRows, simulatedRows, tag } from './tagging';

const quality = [
  'unique-turns-user',
  'unique-turns-recommender',
  'repeated-turns-user',
  'repeated-turns-recommender',
  'role-swapped-turns-both',
  'role-swapped-turns-user',
  'role-swapped-turns-recommender',
  'degenerate-any',
  ...gates.map((gate) => `degenerate-${gate}`),
];

export const realismBar: Bar = {
  set: 'pair',
  number: 5,
  title:
    'Unique user turns >= 85 %, repeats within a dialogue <= 3 %, role swaps <= 1 %, degenerate <= 2 %, Jensen-Shannon divergence of act bigrams to people <= 0.15',
  inputs: [
    ...pairInputs,
    'src/cli/simulate',
    'models/labels',
    'models/training/tagger.py',
    ...['bar-realism', 'bar-outcomes', 'human', 'simulations', 'tagging'].map(
      (name) => `test/bars/pair/${name}.ts`,
    ),
  ],
  needsRedial: true,
  measure: async (root, context) => {
    const runs = await dialoguesOf(root, 5, context);
    const { setting } = runs;
    const { catalogue } = setting.domain;
    const pair = await runs.pair();
    const base = await runs.base();
    const data = humansOf(root, context);
    const people = data.dialogues.map(humanRows);
    const [ours, theirs] = [pair, base].map((dialogues) => dialogues.map(simulatedRows));
    const simulatedTurns = [...(ours ?? []), ...(theirs ?? [])];
    // One tagger for all sides, in one go.
    const { labels, agreement } = await tag(
      root,
      [...people, ...simulatedTurns].flat(),
      data,
      answersFolder(root, ['human', 'tagging']),
      context.pair.python,
    );
    const acts = (rows: typeof people): ActSequence[] =>
      rows.map((dialogue) => actSequence(dialogue, labels));
    const human = acts(people);
    const halves = [0, 1].map((half) => human.filter((_, i) => i % 2 === half));
    const divergences = (rows: typeof people) => ({
      pairs: actDivergence(acts(rows), human, seed, actPairs),
      acts: actDivergence(acts(rows), human, seed, singleActs),
    });
    const apart = divergences(ours ?? []);
    const baseApart = divergences(theirs ?? []);
    const peopleApart = actDivergence(halves[0] ?? [], halves[1] ?? [], seed, actPairs);
    const measured = resultsOf(pair, catalogue, quality);
    const zeroShot = resultsOf(base, catalogue, quality);
    const of = (id: string) => result(measured, id);
    const repeats = of('repeated-turns-user');
    return {
      passed:
        atLeast(of('unique-turns-user').value, 0.85) &&
        atMost(repeats.value, 0.03) &&
        atMost(of('repeated-turns-recommender').value, 0.03) &&
        atMost(of('role-swapped-turns-both').value, 0.01) &&
        atMost(of('degenerate-any').value, 0.02) &&
        atMost(apart.pairs.value, 0.15),
      figures: {
        'unique user turns': share(of('unique-turns-user')),
        'repeats, user': share(repeats),
        'repeats, recommender': share(of('repeated-turns-recommender')),
        'role swaps, turns': share(of('role-swapped-turns-both')),
        'degenerate dialogues': share(of('degenerate-any')),
        'of them repeat, role swap': `${share(of('degenerate-repeat'))}, ${share(of('degenerate-role-swap'))}`,
        divergence: number(apart.pairs),
        'divergence of one half of the people from the other': number(peopleApart),
        'base: unique user turns': share(result(zeroShot, 'unique-turns-user')),
        'base: repeats, user': share(result(zeroShot, 'repeated-turns-user')),
        'base: role swaps': share(result(zeroShot, 'role-swapped-turns-both')),
        'base: degenerate': share(result(zeroShot, 'degenerate-any')),
        'base: divergence': number(baseApart.pairs),
      },
      n: `${String(pair.length)} dialogues, ${String(base.length)} of the base, ${String(human.length)} of people`,
      seed,
      command: setting.command,
      detail: {
        pair: { ...detailOf(measured), divergence: apart },
        base: { ...detailOf(zeroShot), divergence: baseApart },
        peopleFromPeople: peopleApart,
        tagger: agreement,
      },
    };
  },
};

const coverage = Array.from({ length: 10 }, (_, i) => `attribute-coverage@${String(i + 1)}`);
const consistency = [
  'contradictions-any',
  'contradictions-wants-unwanted',
  'contradictions-denies-wanted',
  'contradictions-likes-disliked',
  'contradictions-dislikes-liked',
  ...coverage,
];
const mostExamples = 12;

/** Places where the user contradicts itself, to be read. */
function examplesOf(dialogues: readonly Dialogue[], catalogue: Catalogue) {
  return dialogues
    .flatMap((dialogue) =>
      contradictionsOf(dialogue, catalogue).map(({ kind, found, turn }) => ({
        kind,
        found,
        text: dialogue.turns[turn]?.text ?? '',
        dialogue: dialogue.id,
      })),
    )
    .slice(0, mostExamples);
}

export const consistencyBar: Bar = {
  set: 'pair',
  number: 8,
  title:
    'Contradictions with the own profile in <= 5 % of inform turns; attribute coverage by exchange',
  inputs: [
    ...pairInputs,
    'src/cli/simulate',
    ...['bar-realism', 'bar-outcomes', 'simulations'].map((name) => `test/bars/pair/${name}.ts`),
  ],
  measure: async (root, context) => {
    const runs = await dialoguesOf(root, 8, context);
    const { setting } = runs;
    const { catalogue } = setting.domain;
    const pair = await runs.pair();
    const ours = resultsOf(pair, catalogue, consistency);
    const zeroShot = resultsOf(await runs.base(), catalogue, consistency);
    const curve = (results: Results) =>
      coverage
        .map((id) => result(results, id).value)
        .map((value) => (value === null ? 'unknown' : (value * 100).toFixed(0)))
        .join(', ');
    return {
      passed: atMost(result(ours, 'contradictions-any').value, 0.05),
      figures: {
        contradictions: share(result(ours, 'contradictions-any')),
        'of the base': share(result(zeroShot, 'contradictions-any')),
        'coverage by exchange 1 to 10, %': curve(ours),
        'coverage, base': curve(zeroShot),
      },
      n: `${String(ours['contradictions-any']?.counts?.of ?? 0)} inform turns in ${String(pair.length)} dialogues; base ${String(zeroShot['contradictions-any']?.counts?.of ?? 0)}`,
      seed,
      command: setting.command,
      detail: {
        pair: detailOf(ours),
        base: detailOf(zeroShot),
        examples: examplesOf(pair, catalogue),
      },
    };
  },
};
