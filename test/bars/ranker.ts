/**
 * How often the rankers place the film that a person recommended next among their best, on dialogues of seekers
 * whose talk they were not counted from or taught on; and, in the program's own setting, how often the first film has
 * all that a profile's user has asked for. 95 % intervals: seeded bootstrap over dialogues.
 * Usage: npx tsx test/bars/ranker.ts --redial FILE [--split validation|test] [--ranker FILE] [--wishes]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Profile, RecommenderView } from '../../src/lib/contracts';
import { questionsOf, type Question } from '../../src/cli/prepare/questions';
import { hasAttribute } from '../../src/lib/domain/attributes';
import { createCatalogue } from '../../src/lib/domain/catalogue';
import { parsePack } from '../../src/lib/domain/pack';
import { bootstrapInterval } from '../../src/lib/metrics/bootstrap';
import { buildProfiles } from '../../src/lib/profile/build';
import { parseRedial } from '../../src/lib/profile/redial';
import { splitOf } from '../../src/lib/profile/split';
import {
  createContentRanker,
  createLearnedRanker,
  createPopularityRanker,
  parseLearnedRanking,
  type Ranker,
} from '../../src/lib/recommend/ranker';
import { parseStatistics } from '../../src/lib/recommend/statistics';

const { values } = parseArgs({
  options: {
    redial: { type: 'string' },
    split: { type: 'string', default: 'validation' },
    ranker: { type: 'string' },
    wishes: { type: 'boolean', default: false },
  },
});
if (values.redial === undefined) throw new Error('--redial FILE is required');

const folder = new URL('../../static/domains/movies/', import.meta.url);
const read = (path: string | URL): unknown => JSON.parse(readFileSync(path, 'utf8'));
const catalogue = createCatalogue(parsePack(read(new URL('catalogue.json', folder))));
const statistics = parseStatistics(read(new URL('statistics.json', folder)));
const merged = read(new URL('merged.json', folder)) as Record<string, string>;
const keptId = (film: string) => merged[film] ?? film;
const learned = parseLearnedRanking(
  read(values.ranker ?? new URL('ranker.json', folder)),
  'movies',
);
const rankers: Ranker[] = [
  createContentRanker(catalogue, statistics),
  createLearnedRanker(catalogue, statistics, learned),
  createPopularityRanker(catalogue),
];
const dialogues = parseRedial(readFileSync(values.redial, 'utf8')).filter(
  (dialogue) => values.split === 'test' || splitOf(dialogue.seeker) === values.split,
);

const depths = [1, 10, 50];

/** Of a dialogue: how many films count, and how many of them stand among the best so many. */
interface Counts {
  films: number;
  hits: number[];
}

function countsOf(ranker: Ranker, questions: readonly Question[], repeats: boolean): Counts {
  const counts: Counts = { films: 0, hits: depths.map(() => 0) };
  for (const { view, answers, named } of questions) {
    const asked = answers.filter((id) => repeats || !named.has(id));
    if (asked.length === 0) continue;
    const best = ranker.rank(view, catalogue, Math.max(...depths));
    for (const answer of asked) {
      const place = best.indexOf(answer);
      counts.films++;
      depths.forEach((depth, i) => {
        if (place >= 0 && place < depth) counts.hits[i] = (counts.hits[i] ?? 0) + 1;
      });
    }
  }
  return counts;
}

function shareOf(counts: readonly Counts[], depth: number): number | null {
  const films = counts.reduce((sum, { films }) => sum + films, 0);
  return films === 0 ? null : counts.reduce((sum, { hits }) => sum + (hits[depth] ?? 0), 0) / films;
}

function report(name: string, counts: readonly Counts[]): string {
  const figures = depths.map((depth, i) => {
    const interval = bootstrapInterval(
      (random) => {
        const drawn = counts.flatMap(() => counts[Math.floor(random() * counts.length)] ?? []);
        return shareOf(drawn, i);
      },
      1,
      `${name} ${String(depth)}`,
    );
    const [low, high] = interval ?? [NaN, NaN];
    const share = shareOf(counts, i) ?? NaN;
    return `R@${String(depth)} ${share.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  });
  return `${name.padEnd(10)} ${figures.join('  ')}`;
}

function measureRecall(): void {
  const questions = dialogues.map((dialogue) => questionsOf(dialogue, catalogue, keptId));
  for (const repeats of [false, true]) {
    const films = questions
      .flat()
      .reduce((sum, q) => sum + q.answers.filter((id) => repeats || !q.named.has(id)).length, 0);
    const which = repeats ? 'with repeats, which no ranker offers' : 'without repeats';
    console.log(
      `${String(dialogues.length)} dialogues (${values.split}), N = ${String(films)} films ${which}`,
    );
    for (const ranker of rankers) {
      console.log(
        report(
          ranker.name,
          questions.map((of) => countsOf(ranker, of, repeats)),
        ),
      );
    }
  }
}

/** A profile's user who names its wishes one after the other. */
function spoken({ liked, wanted, unwanted }: Profile): RecommenderView {
  const phrase = (wish: { type: string; value: string }) =>
    (catalogue.pack.attributeTypes.find(({ id }) => id === wish.type)?.phrase ?? '{value}').replace(
      '{value}',
      wish.value,
    );
  const seen = liked.flatMap((id) => catalogue.byId(id)?.label ?? []);
  const texts = [
    seen.length > 0 ? `Hi, I enjoyed ${seen.join(' and ')}.` : 'Hi!',
    ...wanted.map((wish) => `I would like something ${phrase(wish)}.`),
    ...unwanted.map((wish) => `No ${phrase(wish)}, please.`),
  ];
  return { role: 'recommender', turns: texts.map((text) => ({ by: 'other', text, cards: [] })) };
}

function measureWishes(): void {
  const { profiles } = buildProfiles(dialogues, catalogue, {
    seed: 1,
    dataset: 'ReDial',
    licence: 'CC BY 4.0',
    splitOf: ({ seeker }) => splitOf(seeker),
    itemId: keptId,
  });
  const meets = ({ wanted, unwanted }: Profile, id: string) => {
    const item = catalogue.byId(id);
    if (item === null || unwanted.some((wish) => hasAttribute(item, wish))) return false;
    return wanted.every((wish) => hasAttribute(item, wish));
  };
  const possible = profiles.filter((profile) =>
    catalogue.items.some(({ id }) => !profile.liked.includes(id) && meets(profile, id)),
  );
  console.log(
    `${String(profiles.length)} profiles (${values.split}); for N = ${String(possible.length)} a film has all that is asked for`,
  );
  for (const ranker of rankers) {
    const met = possible.filter((profile) =>
      meets(profile, ranker.rank(spoken(profile), catalogue, 1)[0] ?? ''),
    );
    const share = ((100 * met.length) / possible.length).toFixed(1);
    console.log(`${ranker.name.padEnd(10)} the first film has it all: ${share} %`);
  }
}

if (values.wishes) measureWishes();
else measureRecall();
