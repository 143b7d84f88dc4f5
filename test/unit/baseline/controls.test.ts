import { describe, expect, it } from 'vitest';
import type { Dialogue, Outcome, Turn } from '../../../src/lib/contracts/dialogue';
import { oracleSeat } from '../../../src/lib/baseline/oracle';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { runDialogues, type Seats } from '../../../src/lib/dialogue/run-many';
import {
  alwaysAcceptUser,
  honestUser,
  neverAcceptUser,
} from '../../../src/lib/dialogue/scripted-users';
import { createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { resultOf, summarise } from '../../../src/lib/metrics';
import { createRandomRanker } from '../../../src/lib/recommend/ranker';
import { shippedDomain, type ShippedDomain } from '../../support/domains';

async function hold(
  domain: ShippedDomain,
  seats: Seats,
  { seed = 1, most = Infinity } = {},
): Promise<readonly Dialogue[]> {
  const { catalogue } = domain;
  const profiles = domain.profiles.slice(0, most);
  const held = new Map<string, { dialogue: Dialogue; turns: Turn[] }>();
  const whole: Dialogue[] = [];
  const { recommender } = seats;
  const agent = recommender.referenceDependent ? recommender.agentFor([]) : recommender.agent;
  const run = createRun(
    {
      domain: catalogue.pack.id,
      seed,
      config: defaultConfig,
      models: { user: seats.user.seat(), recommender: agent.seat() },
      profileIds: profiles.map(({ id }) => id),
    },
    0,
  );
  await runDialogues({
    run,
    profiles,
    catalogue,
    seats,
    slots: 1,
    held: new Map(),
    clock: () => 0,
    sink: {
      begin: (dialogue) => {
        held.set(dialogue.id, { dialogue, turns: [] });
        return Promise.resolve();
      },
      turn: (id, _index, turn) => {
        held.get(id)?.turns.push(turn);
        return Promise.resolve();
      },
      finish: (id: string, outcome: Outcome) => {
        const found = held.get(id);
        if (found) whole.push({ ...found.dialogue, turns: found.turns, outcome });
        return Promise.resolve();
      },
    },
  });
  return whole;
}

const valueOf = (domain: ShippedDomain, dialogues: readonly Dialogue[], id: string) =>
  resultOf(summarise(dialogues, domain.catalogue, 1, { resamples: 0 }), id)?.value;

describe.each(['movies', 'boardgames'] as const)('the controls, %s', (id) => {
  const domain = shippedDomain(id);
  const { catalogue } = domain;
  const random = (seed: number): Seats['recommender'] => ({
    referenceDependent: false,
    agent: rankerRecommender('random', createRandomRanker(catalogue, seed), catalogue),
  });

  it('gives the oracle and an honest user a verified success of 100 %', async () => {
    const oracle = oracleSeat(domain.catalogue);
    const dialogues = await hold(domain, { user: honestUser(), recommender: oracle });
    expect(dialogues).toHaveLength(domain.profiles.length);
    expect(valueOf(domain, dialogues, 'verified-success')).toBe(1);
    expect(valueOf(domain, dialogues, 'false-accept-rate')).toBe(0);
  }, 60_000);

  it('gives a user that always accepts a discrimination of 0 and a raw success of 100 %', async () => {
    // Several draws: the small domain has few profiles, and both kinds of item must come up.
    const draws = [1, 2, 3, 4].map((seed) =>
      hold(domain, { user: alwaysAcceptUser(), recommender: random(seed) }, { seed, most: 60 }),
    );
    const dialogues = (await Promise.all(draws)).flat();
    expect(valueOf(domain, dialogues, 'raw-success')).toBe(1);
    expect(valueOf(domain, dialogues, 'discrimination')).toBe(0);
  }, 60_000);

  it('gives a user that never accepts no success, and an honest one a discrimination of 1', async () => {
    const never = await hold(
      domain,
      { user: neverAcceptUser(), recommender: random(1) },
      { most: 40 },
    );
    expect(valueOf(domain, never, 'raw-success')).toBe(0);
    const honest = await hold(domain, { user: honestUser(), recommender: random(1) }, { most: 40 });
    expect(valueOf(domain, honest, 'discrimination')).toBe(1);
    expect(valueOf(domain, honest, 'false-accept-rate')).toBe(0);
  }, 60_000);
});
