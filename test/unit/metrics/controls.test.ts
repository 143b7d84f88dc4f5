import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Dialogue, SeatRecord } from '../../../src/lib/contracts';
import { oracleSeat } from '../../../src/lib/baseline/oracle';
import type { UserAgent } from '../../../src/lib/dialogue/agent';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { runDialogues, type RecommenderSeat } from '../../../src/lib/dialogue/run-many';
import {
  alwaysAcceptUser,
  honestUser,
  neverAcceptUser,
} from '../../../src/lib/dialogue/scripted-users';
import { createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { parsePack } from '../../../src/lib/domain/pack';
import { parseProfiles } from '../../../src/lib/profile/parse';
import { createRandomRanker } from '../../../src/lib/recommend/ranker';
import { resultOf, summarise, type OutcomeReport } from '../../../src/lib/metrics';

const folder = 'static/domains/boardgames';
const catalogue = createCatalogue(
  parsePack(JSON.parse(readFileSync(`${folder}/catalogue.json`, 'utf8'))),
);
const { profiles } = parseProfiles(readFileSync(`${folder}/profiles.jsonl`, 'utf8'), catalogue);
const runs = 10;

/** All profiles of the pack, ten times, with a new seed each time. */
async function simulate(
  user: UserAgent,
  recommender: (seed: number) => RecommenderSeat,
): Promise<Dialogue[]> {
  const held = new Map<string, Dialogue>();
  const seat: SeatRecord = { id: 'x', hash: null, promptVersion: null, engine: 'none' };
  for (let seed = 1; seed <= runs; seed++) {
    const plan = {
      domain: catalogue.pack.id,
      seed,
      config: defaultConfig,
      models: { user: seat, recommender: seat },
      profileIds: profiles.map(({ id }) => id),
    };
    const change = (id: string, part: (dialogue: Dialogue) => Partial<Dialogue>): Promise<void> => {
      const dialogue = held.get(id);
      if (dialogue) held.set(id, { ...dialogue, ...part(dialogue) });
      return Promise.resolve();
    };
    await runDialogues({
      run: createRun(plan, 0),
      profiles,
      catalogue,
      seats: { user, recommender: recommender(seed) },
      slots: 1,
      sink: {
        begin: (dialogue) => Promise.resolve(void held.set(dialogue.id, dialogue)),
        turn: (id, _index, turn) => change(id, ({ turns }) => ({ turns: [...turns, turn] })),
        finish: (id, outcome) => change(id, () => ({ outcome })),
      },
      held: new Map(),
      clock: () => 0,
    });
  }
  return [...held.values()];
}

const random = (seed: number): RecommenderSeat => ({
  referenceDependent: false,
  agent: rankerRecommender('random', createRandomRanker(catalogue, seed), catalogue),
});

const values = (report: OutcomeReport, ...ids: string[]) =>
  ids.map((id) => resultOf(report, id)?.value);

describe('the control users and recommenders', () => {
  it('always accepting scores discrimination exactly 0 on random recommendations', async () => {
    const dialogues = await simulate(alwaysAcceptUser(), random);
    const report = summarise(dialogues, catalogue, 1, { resamples: 200 });
    expect(resultOf(report, 'discrimination')).toMatchObject({
      value: 0,
      n: runs * profiles.length,
      interval: [0, 0],
    });
    expect(values(report, 'raw-success')).toEqual([1]);
    expect(resultOf(report, 'verified-success')?.value).toBeLessThan(0.7);
    expect(resultOf(report, 'false-accept-rate')?.value).toBeGreaterThan(0.3);
  });

  it('honest scores discrimination 1 and no false accept on random recommendations', async () => {
    const report = summarise(await simulate(honestUser(), random), catalogue, 1, { resamples: 0 });
    expect(values(report, 'discrimination', 'false-accept-rate')).toEqual([1, 0]);
    const [raw, verified] = values(report, 'raw-success', 'verified-success');
    expect(raw).toBe(verified);
  });

  it('the oracle with an honest user succeeds every time, found at once', async () => {
    const dialogues = await simulate(honestUser(), () => oracleSeat(catalogue));
    const report = summarise(dialogues, catalogue, 1, { resamples: 200 });
    expect(values(report, 'raw-success', 'verified-success', 'exchanges-to-success')).toEqual([
      1, 1, 1,
    ]);
    expect(resultOf(report, 'verified-success')?.interval).toEqual([1, 1]);
    expect(values(report, 'recall@10-first-macro', 'mrr-first')).toEqual([1, 1]);
    // Only what fits was recommended: whether the user can tell is unknown, not 0.
    expect(values(report, 'discrimination')).toEqual([null]);
    expect(dialogues.every(({ referenceDependent }) => referenceDependent)).toBe(true);
  });

  it('never accepting scores discrimination 0, no success, and unknown false accepts', async () => {
    const report = summarise(await simulate(neverAcceptUser(), random), catalogue, 1, {
      resamples: 0,
    });
    expect(values(report, 'discrimination', 'raw-success', 'false-accept-rate')).toEqual([
      0,
      0,
      null,
    ]);
  });
});
