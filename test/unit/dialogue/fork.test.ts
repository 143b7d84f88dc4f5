import { describe, expect, it } from 'vitest';
import type { Dialogue, Turn } from '../../../src/lib/contracts/dialogue';
import { forkDialogue, type ForkWish } from '../../../src/lib/dialogue/fork';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { runDialogue } from '../../../src/lib/dialogue/run-dialogue';
import { honestUser, neverAcceptUser } from '../../../src/lib/dialogue/scripted-users';
import { createDialogue, createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { checkDialogue } from '../../../src/lib/store';
import { tinyProfile } from '../../support/tiny-domain';
import { tiny } from './harness';

const recommender = rankerRecommender('popularity', createPopularityRanker(tiny), tiny);

async function speak(dialogue: Dialogue, user = neverAcceptUser()): Promise<Dialogue> {
  const turns: Turn[] = [...dialogue.turns];
  const steps = runDialogue({
    user,
    recommender,
    profile: tinyProfile,
    catalogue: tiny,
    config: dialogue.config,
    runId: dialogue.runId,
    dialogueId: dialogue.id,
    seed: dialogue.seed,
    earlier: dialogue.turns,
  });
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return { ...dialogue, turns, outcome: step.value };
    turns.push(step.value);
  }
}

const models = { user: neverAcceptUser().seat(), recommender: recommender.seat() };

async function parentOf(): Promise<Dialogue> {
  const plan = { domain: 'tiny', seed: 1, config: { ...defaultConfig, maxTurns: 6 }, models };
  const run = createRun({ ...plan, profileIds: [tinyProfile.id] }, 0);
  return speak(createDialogue(run, 'parent', tinyProfile, false, 0));
}

const wish: ForkWish = {
  turn: 2,
  seed: 9,
  models: { ...models, user: honestUser().seat() },
  referenceDependent: false,
  raw: null,
  take: 0,
};

describe('a fork', () => {
  it('takes over the turns before it, and is spoken on by others under its own seed', async () => {
    const parent = await parentOf();
    const fork = forkDialogue(parent, wish, tiny, 50);
    expect(fork).toMatchObject({
      seed: 9,
      models: wish.models,
      turns: parent.turns.slice(0, 2),
      outcome: null,
      startedAt: 50,
      forkOf: { dialogueId: 'parent', turn: 2, edited: false },
    });
    const spoken = await speak(fork, honestUser());
    expect(spoken.turns.slice(0, 2)).toEqual(parent.turns.slice(0, 2));
    expect(spoken.outcome).not.toBeNull();
    expect(checkDialogue(spoken)).toMatchObject({ ok: true });
  });

  it('begins with an edited turn, parsed and linked as any other', async () => {
    const parent = await parentOf();
    const raw = '[reject: It (2017)] [inform]\nNot It, something like Saw.';
    const fork = forkDialogue(parent, { ...wish, raw }, tiny, 50);
    expect(fork.turns).toHaveLength(3);
    expect(fork.turns[2]).toMatchObject({
      role: 'user',
      raw,
      text: 'Not It, something like Saw.',
      actions: [{ type: 'reject', items: ['film-0'] }, { type: 'inform' }],
      seed: null,
    });
    expect(fork.forkOf?.edited).toBe(true);
    expect(checkDialogue(fork)).toMatchObject({ ok: true });
  });

  it('has an id of its own for every way to fork', async () => {
    const parent = await parentOf();
    const id = (part: Partial<ForkWish>) => forkDialogue(parent, { ...wish, ...part }, tiny, 0).id;
    const ids = [
      id({}),
      id({ turn: 3 }),
      id({ seed: 10 }),
      id({ take: 1 }),
      id({ raw: '[bye]\nBye.' }),
      id({ models }),
      parent.id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(id({})).toBe(ids[0]);
  });

  it('needs a turn that is there', async () => {
    const parent = await parentOf();
    for (const turn of [parent.turns.length, -1, 0.5]) {
      expect(() => forkDialogue(parent, { ...wish, turn }, tiny, 0)).toThrow('no turn');
    }
  });
});
