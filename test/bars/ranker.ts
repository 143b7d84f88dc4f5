/**
 * How often the rankers place the film that a person recommended next among their best, on dialogues of seekers
 * whose talk they were not counted from. Films already named are left out on both sides.
 * Usage: npx tsx test/bars/ranker.ts --redial FILE [--split validation|test] [--weights JSON]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { RecommenderView, ViewTurn } from '../../src/lib/contracts';
import { createCatalogue } from '../../src/lib/domain/catalogue';
import { parsePack } from '../../src/lib/domain/pack';
import { parseRedial, type RedialDialogue } from '../../src/lib/profile/redial';
import { splitOf } from '../../src/lib/profile/split';
import { contentWeights, type ContentWeights } from '../../src/lib/recommend/content-ranker';
import {
  createContentRanker,
  createPopularityRanker,
  createRandomRanker,
  type Ranker,
} from '../../src/lib/recommend/ranker';
import { parseStatistics } from '../../src/lib/recommend/statistics';

const { values } = parseArgs({
  options: {
    redial: { type: 'string' },
    split: { type: 'string', default: 'validation' },
    weights: { type: 'string', default: '{}' },
  },
});
if (values.redial === undefined) throw new Error('--redial FILE is required');

const folder = new URL('../../static/domains/movies/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const catalogue = createCatalogue(parsePack(read('catalogue.json')));
const statistics = parseStatistics(read('statistics.json'));
const merged = read('merged.json') as Record<string, string>;
const depths = [1, 10, 50];

const dialogues = parseRedial(readFileSync(values.redial, 'utf8')).filter(
  (dialogue) => values.split === 'test' || splitOf(dialogue.seeker) === values.split,
);

interface Question {
  view: RecommenderView;
  /** Films that the person recommends here, none named before. */
  answers: string[];
}

function questionsOf(dialogue: RedialDialogue): Question[] {
  const questions: Question[] = [];
  const turns: ViewTurn[] = [];
  const named = new Set<string>();
  for (const turn of dialogue.turns) {
    const items = turn.films.flatMap((film) => catalogue.byId(merged[film] ?? film)?.id ?? []);
    const text = turn.text.replace(/@(\d+)/g, (_, film: string) => {
      const item = catalogue.byId(merged[film] ?? film);
      return item?.label ?? 'a film';
    });
    const fresh = [...new Set(items)].filter((id) => !named.has(id));
    if (!turn.bySeeker && fresh.length > 0) {
      questions.push({ view: { role: 'recommender', turns: [...turns] }, answers: fresh });
    }
    turns.push(
      turn.bySeeker ? { by: 'other', text, cards: [] } : { by: 'self', actions: [], text },
    );
    for (const id of items) named.add(id);
  }
  return questions;
}

const questions = dialogues.flatMap(questionsOf);
const weights = {
  ...contentWeights,
  ...(JSON.parse(values.weights) as Partial<ContentWeights>),
};
const rankers: Ranker[] = [
  createContentRanker(catalogue, statistics, weights),
  createPopularityRanker(catalogue),
  createRandomRanker(catalogue, 1),
];
const n = questions.reduce((sum, { answers }) => sum + answers.length, 0);
console.log(`${dialogues.length} dialogues (${values.split}), N = ${n} recommended films`);
for (const ranker of rankers) {
  const hits = depths.map(() => 0);
  const before = performance.now();
  for (const { view, answers } of questions) {
    const best = ranker.rank(view, catalogue, Math.max(...depths));
    for (const answer of answers) {
      const place = best.indexOf(answer);
      depths.forEach((depth, i) => {
        if (place >= 0 && place < depth) hits[i] = (hits[i] ?? 0) + 1;
      });
    }
  }
  const ms = (performance.now() - before) / questions.length;
  const recall = depths.map((depth, i) => `R@${depth} ${((hits[i] ?? 0) / n).toFixed(3)}`);
  console.log(`${ranker.name.padEnd(10)} ${recall.join('  ')}  ${ms.toFixed(2)} ms a call`);
}
