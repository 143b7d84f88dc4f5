import { beforeAll, describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../../src/lib/contracts/engine';
import type { Profile } from '../../../src/lib/contracts/profile';
import type { RecommenderAgent, UserAgent } from '../../../src/lib/dialogue/agent';
import { modelRecommender, modelUser } from '../../../src/lib/dialogue/model-agent';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import { createRandom, deriveSeed } from '../../../src/lib/domain/random';
import { steerProfile, wishOf } from '../../../src/lib/profile/steer';
import { userPrompt } from '../../../src/lib/prompt/request';
import { createContentRanker, type Ranker } from '../../../src/lib/recommend/ranker';
import { shippedDomain, type ShippedDomain } from '../../support/domains';
import { readGrammar, sample } from '../action/gbnf';
import { answering, depsOf, drawProfile, finish } from './harness';

/*
 * The firewall: nothing that a role's model sees may depend on a hidden target. Swap the targets for others and,
 * with the same replies, every prompt, grammar and candidate list of the whole dialogue stays byte-identical.
 */

const profilesToTry = 200;
const turns = 8;
const config = { ...defaultConfig, maxTurns: turns, trace: true };

type Seats = (
  catalogue: Catalogue,
  profile: Profile,
) => {
  user: (engine: ReturnType<typeof answering>) => UserAgent;
  recommender: (engine: ReturnType<typeof answering>) => RecommenderAgent;
};

/** Replies by chance inside the grammar, the same for the same (dialogue, turn): what a model could say at all. */
function byChance(name: string, replies: Map<string, string>) {
  return answering(({ grammar = '' }, asked) => {
    const key = `${name} ${String(asked)}`;
    const known = replies.get(key);
    if (known !== undefined) return known;
    const reply = sample(readGrammar(grammar), createRandom(deriveSeed(key))).replace(
      '[bye]',
      '[chat]',
    );
    replies.set(key, reply);
    return reply;
  });
}

interface Seen {
  user: CompletionRequest[];
  recommender: CompletionRequest[];
  candidates: unknown[];
}

/** All that both models see of one dialogue; replies come from `replies`, and are added to it. */
async function observe(
  domain: ShippedDomain,
  profile: Profile,
  replies: Map<string, string>,
  seats: Seats,
  steer?: { turn: number; to: (profile: Profile) => Profile },
): Promise<Seen> {
  const user = byChance('user', replies);
  const recommender = byChance('recommender', replies);
  const make = seats(domain.catalogue, profile);
  const deps = {
    user: make.user(user),
    recommender: make.recommender(recommender),
    profile,
    catalogue: domain.catalogue,
    config,
    dialogueId: profile.id,
  };
  const before = steer && (await finish(depsOf(deps), steer.turn)).turns;
  const goesOn = before && { earlier: before, profile: steer.to(profile) };
  const { turns: later } = await finish(depsOf({ ...deps, ...goesOn }));
  const held = [...(before ?? []), ...later];
  return {
    user: user.requests,
    recommender: recommender.requests,
    candidates: held.map(({ candidates }) => candidates ?? null),
  };
}

const swapped = (profile: Profile, catalogue: Catalogue, seed: number): Profile => {
  const random = createRandom(deriveSeed('swap', seed));
  const others = drawProfile(catalogue, random, profile.id).targets;
  return { ...profile, targets: others.filter((id) => !profile.targets.includes(id)) };
};

describe.each(['movies', 'boardgames'] as const)('the firewall, %s', (id) => {
  let domain: ShippedDomain;
  let ranker: Ranker;
  let profiles: readonly Profile[];
  const real: Seats = (catalogue) => ({
    user: (engine) => modelUser(engine, catalogue),
    recommender: (engine) => modelRecommender(engine, catalogue, ranker),
  });

  beforeAll(() => {
    domain = shippedDomain(id);
    ranker = createContentRanker(domain.catalogue, domain.statistics);
    const random = createRandom(5);
    const drawn = Array.from(
      { length: Math.max(0, profilesToTry - domain.profiles.length) },
      (_, i) => drawProfile(domain.catalogue, random, `drawn-${String(i)}`),
    );
    profiles = [...domain.profiles, ...drawn];
  }, 60_000);

  it('lets no prompt, grammar or candidate list depend on the hidden targets', async () => {
    expect(profiles.length).toBeGreaterThanOrEqual(profilesToTry);
    let compared = 0;
    for (const [i, profile] of profiles.entries()) {
      const replies = new Map<string, string>();
      const one = await observe(domain, profile, replies, real);
      const other = await observe(domain, swapped(profile, domain.catalogue, i), replies, real);
      expect(JSON.stringify(other)).toBe(JSON.stringify(one));
      compared += one.user.length + one.recommender.length;
    }
    // Guards against a test that compares nothing: most dialogues must reach their limit.
    expect(compared).toBeGreaterThan(profiles.length * turns * 0.6);
  }, 300_000);

  it('lets nothing depend on targets that are steered in the midst of a dialogue', async () => {
    let compared = 0;
    for (const [i, profile] of profiles.slice(0, 40).entries()) {
      const replies = new Map<string, string>();
      const turn = 1 + (i % (turns - 2));
      const same = { turn, to: (held: Profile) => held };
      const steered = {
        turn,
        to: (held: Profile) => {
          const { targets } = swapped(held, domain.catalogue, i);
          const apart = targets.filter((id) => ![...held.liked, ...held.disliked].includes(id));
          const changed = steerProfile(held, { ...wishOf(held), targets: apart }, domain.catalogue);
          expect(changed.targets).not.toEqual(held.targets);
          return changed;
        },
      };
      const one = await observe(domain, profile, replies, real, same);
      const other = await observe(domain, profile, replies, real, steered);
      expect(JSON.stringify(other)).toBe(JSON.stringify(one));
      compared += one.user.length + one.recommender.length;
    }
    expect(compared).toBeGreaterThan(40 * turns * 0.6);
  }, 120_000);

  it('lets the recommender see nothing of the profile but what is said', async () => {
    const [first, ...others] = profiles.slice(0, 30);
    if (first === undefined) throw new Error('no profile');
    const replies = new Map<string, string>();
    // Said by the first one's user; what another user could not say in its grammar, it says all the same.
    const one = await observe(domain, first, replies, real);
    for (const profile of others) {
      const other = await observe(domain, { ...profile, id: first.id }, replies, real);
      expect(JSON.stringify(other.recommender)).toBe(JSON.stringify(one.recommender));
      expect(JSON.stringify(other.candidates)).toBe(JSON.stringify(one.candidates));
    }
  }, 120_000);

  it.each([
    [
      'a user agent that whispers a target',
      (catalogue: Catalogue, profile: Profile) => ({
        ...real(catalogue, profile),
        user: (engine: ReturnType<typeof answering>): UserAgent => ({
          ...modelUser(engine, catalogue),
          respond: (view, request) => {
            const hint = catalogue.byId(profile.targets[0] ?? '')?.label ?? '';
            const told = {
              ...view,
              brief: { ...view.brief, summary: `${view.brief.summary} ${hint}` },
            };
            return modelUser(engine, catalogue).respond(told, request);
          },
        }),
      }),
    ],
    [
      'a ranker that knows the targets',
      (catalogue: Catalogue, profile: Profile) => ({
        ...real(catalogue, profile),
        recommender: (engine: ReturnType<typeof answering>) =>
          modelRecommender(engine, catalogue, {
            name: 'leaking',
            rank: (view, all, k) =>
              [...profile.targets, ...ranker.rank(view, all, k)].slice(0, k ?? undefined),
          }),
      }),
    ],
    [
      'a grammar that offers a target',
      (catalogue: Catalogue, profile: Profile) => ({
        ...real(catalogue, profile),
        user: (engine: ReturnType<typeof answering>): UserAgent => ({
          ...modelUser(engine, catalogue),
          async respond(view, request) {
            const recommended = profile.targets.flatMap(
              (item) => catalogue.byId(item)?.label ?? [],
            );
            const { messages, grammar } = userPrompt({ ...view, recommended }, catalogue.pack, 2);
            const { seed, sampling } = request;
            const answer = await engine.complete({ messages, grammar, seed, sampling });
            return { ...answer, raw: answer.text, seed };
          },
        }),
      }),
    ],
  ] satisfies [string, Seats][])(
    'catches %s',
    async (_, leaking) => {
      const caught = await Promise.all(
        profiles.slice(0, 5).map(async (profile, i) => {
          const replies = new Map<string, string>();
          const one = await observe(domain, profile, replies, leaking);
          const other = await observe(
            domain,
            swapped(profile, domain.catalogue, i),
            replies,
            leaking,
          );
          return JSON.stringify(one) !== JSON.stringify(other);
        }),
      );
      expect(caught).toEqual([true, true, true, true, true]);
    },
    60_000,
  );
});
