import { describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts';
import type { RecommenderView } from '../../../src/lib/contracts/view';
import type { RecommenderAgent } from '../../../src/lib/dialogue/agent';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import { answerSingleTurns, type SingleTurn } from '../../../src/lib/metrics';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { catalogue, dialogue, named, turn } from './fixtures';

const ranker = () => rankerRecommender('popularity', createPopularityRanker(catalogue), catalogue);

/** A person recommends f1, is asked, recommends it again with f2. */
const people = (): Dialogue =>
  dialogue(
    [
      turn('user', [], { text: 'A farce, please.' }),
      named(turn('recommender', [], { text: 'Try Velvet Quarrel.' }), 'f1'),
      turn('user', [], { text: 'Seen it.' }),
      named(named(turn('recommender', [], { text: 'Again, or Tin Harbour?' }), 'f1'), 'f2'),
      turn('recommender', [], { text: ' ' }),
    ],
    { id: 'people-1' },
  );

async function answers(agent: RecommenderAgent, ...dialogues: Dialogue[]): Promise<SingleTurn[]> {
  const rows: SingleTurn[] = [];
  const deps = { agent, system: 's', catalogue, config: defaultConfig, seed: 1 };
  for await (const row of answerSingleTurns(dialogues, deps)) rows.push(row);
  return rows;
}

describe('the single-turn protocol', () => {
  it('answers each said turn of a recommender, given what was said before', async () => {
    const rows = await answers(ranker(), people());
    expect(rows.map(({ reference }) => reference)).toEqual([
      { text: 'Try Velvet Quarrel.', items: ['f1'] },
      { text: 'Again, or Tin Harbour?', items: ['f1', 'f2'] },
    ]);
    expect(rows.map((row) => row.named)).toEqual([[], ['f1']]);
    expect(rows.map(({ context }) => context?.length)).toEqual([1, 3]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
  });

  it("lists the system's pick first, then its ranker's order, each item once", async () => {
    const [, second] = await answers(ranker(), people());
    const items = second?.hypothesis.items ?? [];
    expect(second?.hypothesis.acts).toEqual(['recommend']);
    expect(items).toHaveLength(50);
    expect(new Set(items).size).toBe(50);
    const text = second?.hypothesis.text ?? '';
    expect(text).toContain(catalogue.byId(items[0] ?? '')?.label ?? 'none');
  });

  it('shows people’s unlabelled turns with the acts that they do, and no later turn', async () => {
    const views: RecommenderView[] = [];
    const inner = ranker();
    const spy: RecommenderAgent = {
      ...inner,
      respond: (view, request) => {
        views.push(view);
        return inner.respond(view, request);
      },
    };
    await answers(spy, people());
    expect(views.map(({ turns }) => turns.length)).toEqual([1, 3]);
    expect(views[1]?.turns[1]).toMatchObject({
      by: 'self',
      actions: [{ type: 'recommend', items: ['Velvet Quarrel (1990)'] }],
    });
  });

  it('passes over another domain, and stops when it is told to', async () => {
    expect(await answers(ranker(), { ...people(), domain: 'films' })).toEqual([]);
    const controller = new AbortController();
    controller.abort();
    const deps = { agent: ranker(), system: 's', catalogue, config: defaultConfig, seed: 1 };
    const rows = answerSingleTurns([people()], { ...deps, signal: controller.signal });
    await expect(rows.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});
