import type { Role } from '../../contracts/action';
import type { Dialogue } from '../../contracts/dialogue';
import { actBigrams } from '../acts/distribution';
import { combineBy } from '../combine';
import type { MetricContext } from '../context';
import { exchangesBefore } from '../exchanges';
import { defineCorpusMetric } from '../language/corpus-metric';
import { countWords } from '../language/normal';
import { defineMetric, type Metric, type MetricInfo } from '../metric';
import { pooled, yes, type Quotient } from '../parts';
import { firstAccept } from '../recommendations';
import { jensenShannonDistance } from '../statistics/divergence';
import { groupsOf } from '../statistics/jackknife';
import { talliesWithout, tally } from '../text/tally';
import { createCorpus } from '../text/corpus';

/** Upper ends of the classes in which lengths are compared; each class is wider than the one before. */
const lengthClasses = [0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40, 60] as const;

function lengthClass(value: number): string {
  return String(lengthClasses.find((end) => value <= end) ?? 'more');
}

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function merged(all: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) {
    for (const [key, n] of one) counts.set(key, (counts.get(key) ?? 0) + n);
  }
  return counts;
}

type Traits = (dialogue: Dialogue) => Map<string, number>;

function shape(
  people: readonly Dialogue[],
  info: Pick<MetricInfo, 'id' | 'name' | 'variant'>,
  what: string,
  traits: Traits,
): Metric {
  const theirs = merged(people.map(traits));
  return defineMetric<Map<string, number>>({
    ...info,
    formula: `square root of the Jensen-Shannon divergence, in bits, of ${what} from people's`,
    source: 'Endres and Schindelin 2003',
    unit: 'distance',
    population: 'all',
    observe: (dialogue) => ({ part: traits(dialogue) }),
    combine: combineBy((parts) => jensenShannonDistance(merged(parts), theirs)),
    undefinedBecause: 'There is nothing to compare on one of the sides.',
  });
}

function rate(
  people: readonly Dialogue[],
  info: Pick<MetricInfo, 'id' | 'name' | 'variant'>,
  what: string,
  holds: (dialogue: Dialogue) => boolean,
): Metric {
  const theirs = people.filter(holds).length / people.length;
  return defineMetric<Quotient>({
    ...info,
    formula: `share of dialogues with ${what}, minus people's share of ${(theirs * 100).toFixed(1)} %`,
    source: 'our definition',
    unit: 'difference',
    population: 'all',
    observe: (dialogue) => yes(holds(dialogue)),
    combine: shifted(theirs),
    undefinedBecause: 'There is no dialogue.',
  });
}

function shifted(by: number): typeof pooled {
  const less = (value: number | null) => (value === null ? null : value - by);
  return {
    of: (parts) => less(pooled.of(parts)),
    sampler: (parts) => {
      const draw = pooled.sampler(parts);
      return (random) => less(draw(random));
    },
    paired: (a, b) => pooled.paired(a, b),
  };
}

function distFour(people: readonly Dialogue[], context: MetricContext, role: Role): Metric {
  const ratioOf = ({ distinct, total }: { distinct: number; total: number }) =>
    total === 0 ? null : distinct / total;
  const texts = people
    .map((dialogue) => context.sampledTexts(dialogue, role))
    .filter((said) => said.length > 0);
  const theirs = ratioOf(tally(createCorpus(texts), 'word', 4));
  const less = (value: number | null) =>
    value === null || theirs === null ? null : value - theirs;
  return defineCorpusMetric({
    id: `people-dist-4-${role}`,
    name: `Dist-4 against people's, ${role}`,
    formula: `Dist-4 by ratio minus people's${theirs === null ? '' : ` ${theirs.toFixed(3)}`}`,
    variant: 'on equally many turns of both; people held fixed',
    source: 'Li et al. 2016',
    unit: 'difference',
    role,
    of: ({ corpus }) => less(ratioOf(tally(corpus, 'word', 4))),
    without: ({ corpus }) =>
      talliesWithout(corpus, 'word', 4, groupsOf(corpus.responsesOf.length)).map((rest) =>
        less(ratioOf(rest)),
      ),
  });
}

const wordsOf =
  (role: Role): Traits =>
  ({ turns }) =>
    count(
      turns.filter((turn) => turn.role === role).map(({ text }) => lengthClass(countWords(text))),
    );

/** Whether a user's turn of the dialogue rejects something. */
export function hasReject({ turns }: Dialogue): boolean {
  return turns.some(
    ({ role, actions }) => role === 'user' && actions.some(({ type }) => type === 'reject'),
  );
}

/**
 * How far simulated dialogues are from people's, each a metric of the former. The intervals draw the simulated
 * dialogues only. Acts and rates are there only when the people's turns have acts.
 *
 * @param context of the people's dialogues, with as many turns in its sample as the systems'
 */
export function distanceMetrics(
  people: readonly Dialogue[],
  context: MetricContext,
): readonly Metric[] {
  if (people.length === 0) return [];
  const roles = ['user', 'recommender'] as const;
  const hasActs = people.some(({ turns }) => turns.some(({ actions }) => actions.length > 0));
  return [
    ...(hasActs
      ? [
          shape(
            people,
            {
              id: 'people-act-bigrams',
              name: 'Acts against people',
              variant: "a turn's acts together, start and end counted",
            },
            'pairs of consecutive turns by their acts',
            actBigrams,
          ),
          rate(
            people,
            { id: 'people-success', name: "Success against people's", variant: 'any accept' },
            'an accept',
            (dialogue) => firstAccept(dialogue) !== null,
          ),
          rate(
            people,
            { id: 'people-reject', name: "Rejecting against people's", variant: 'any reject' },
            'a reject',
            hasReject,
          ),
        ]
      : []),
    ...roles.flatMap((role) => [
      shape(
        people,
        {
          id: `people-length-${role}`,
          name: `Length of turns against people, ${role}`,
          variant: `words in classes up to ${lengthClasses.join(', ')} and more`,
        },
        `words a turn of the ${role}`,
        wordsOf(role),
      ),
      distFour(people, context, role),
    ]),
    shape(
      people,
      {
        id: 'people-exchanges',
        name: 'Length of dialogues against people',
        variant: `exchanges in classes up to ${lengthClasses.join(', ')} and more`,
      },
      'exchanges a dialogue',
      (dialogue) => count([lengthClass(exchangesBefore(dialogue, dialogue.turns.length))]),
    ),
  ];
}
