import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { RecommenderView } from '../../src/lib/contracts/view';
import { parseTurn } from '../../src/lib/action/parser';
import { createCatalogue } from '../../src/lib/domain/catalogue';
import { recommenderPrompt } from '../../src/lib/prompt/request';
import { createContentRanker } from '../../src/lib/recommend/ranker';
import { shippedDomain } from '../support/domains';

/** What a step of the core costs: milliseconds here, and how many times the yardstick of the same run. */
export interface StepCost {
  step: string;
  ms: number;
  ratio: number;
}

/** Median milliseconds of some runs; the first ones warm up. */
function median(work: (i: number) => unknown, runs = 15): number {
  const times: number[] = [];
  for (let i = 0; i < runs + 3; i++) {
    const started = performance.now();
    work(i);
    if (i >= 3) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** The yardstick: SHA-256 of a megabyte. Ratios to it can be compared between machines, milliseconds cannot. */
const megabyte = Buffer.alloc(2 ** 20, 7);
const yardstick = () => createHash('sha256').update(megabyte).digest();

/** Costs of the steps that every turn takes, over the film catalogue. */
export function coreCosts(): StepCost[] {
  const { catalogue, statistics } = shippedDomain('movies');
  const ranker = createContentRanker(catalogue, statistics);
  const view: RecommenderView = {
    role: 'recommender',
    turns: [
      { by: 'other', text: 'I loved Heat (1995) and anything scary by James Wan.', cards: [] },
      { by: 'self', actions: [{ type: 'ask' }], text: 'Old or new?' },
      { by: 'other', text: 'New, but not Saw (2004) please.', cards: [] },
    ],
  };
  const labels = catalogue.items.map((item) => item.label);
  const prompt = (count: number) =>
    recommenderPrompt(view, catalogue.pack, labels.slice(0, count), 2);
  // Another text each time: the catalogue keeps the links of the last ones.
  const text = (i: number) =>
    `Have you seen the conjuring or ${labels[(i * 37) % labels.length] ?? ''}? I liked heat, but it was long, number ${String(i)}.`;
  const recommended = new Set(catalogue.items.slice(0, 5).map((item) => item.id));
  const resolve = (title: string) => catalogue.byLabel(title)?.id ?? null;
  const raw = `[reject: ${labels.slice(0, 3).join(' | ')}] [inform]\nNot those.`;
  const base = median(yardstick);
  const steps: [string, (i: number) => unknown][] = [
    ['index the catalogue', () => createCatalogue(catalogue.pack)],
    ['link a text', (i) => catalogue.link(text(i))],
    ['rank, best 50', () => ranker.rank(view, catalogue, 50)],
    ['rank all', () => ranker.rank(view, catalogue, null)],
    ['prompt and grammar, K 1', () => prompt(1)],
    ['prompt and grammar, K 50', () => prompt(50)],
    ['prompt and grammar, all', () => prompt(labels.length)],
    ['parse a turn', () => parseTurn(raw, { role: 'user', resolve, recommended })],
  ];
  return steps.map(([step, work]) => {
    const ms = median(work);
    return { step, ms: Number(ms.toPrecision(3)), ratio: Number((ms / base).toPrecision(3)) };
  });
}
