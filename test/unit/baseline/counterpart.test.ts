import { describe, expect, it } from 'vitest';
import type { Dialogue, Outcome, Turn } from '../../../src/lib/contracts/dialogue';
import { checkCounterpart, counterpartSeats } from '../../../src/lib/baseline/counterpart';
import { baselinePromptVersion } from '../../../src/lib/baseline/version';
import { modelRecommender, modelUser } from '../../../src/lib/dialogue/model-agent';
import { runDialogue } from '../../../src/lib/dialogue/run-dialogue';
import { agentsOf, runDialogues } from '../../../src/lib/dialogue/run-many';
import { createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { createRandom, deriveSeed } from '../../../src/lib/domain/random';
import { promptVersion } from '../../../src/lib/prompt/version';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { tinyProfile } from '../../support/tiny-domain';
import { readGrammar, sample } from '../action/gbnf';
import { answering, depsOf, finish, tiny } from '../dialogue/harness';

const target = tiny.byId(tinyProfile.targets[0] ?? '')?.label ?? '-';

/** A script that a counterpart could follow: the fourth turn names the target, the fifth takes it. */
const script = [
  '[inform: Heat (1995)]\nI loved Heat (1995). Something scary?',
  '[recommend: Saw (2004)]\nTry Saw (2004).',
  '[seen: Saw (2004)] [ask]\nI know it. Another one?',
  `[recommend: ${target}]\nThen ${target}.`,
  `[accept: ${target}]\nThat is it.`,
  '[bye]\nEnjoy.',
];
const scripted = () => answering((_, asked) => script[asked] ?? '[chat]\nHm.');

const model = (role: 'user' | 'recommender' | 'both' | undefined, version: string | null) =>
  answering(() => '', {
    model: { id: 'x', hash: null, promptVersion: version, ...(role ? { role } : {}) },
  });

/** A run of the counterpart over the tiny profile, as `simulate` holds it. */
async function hold(
  engine: ReturnType<typeof answering>,
  held = new Map<string, Dialogue>(),
): Promise<Dialogue> {
  const seats = counterpartSeats(engine, tiny);
  const run = createRun(
    {
      domain: 'tiny',
      seed: 1,
      config: { ...defaultConfig, candidates: null, trace: true },
      models: { user: seats.seat(), recommender: seats.seat() },
      profileIds: [tinyProfile.id],
      promptVersion: seats.promptVersion,
    },
    0,
  );
  let dialogue: Dialogue | undefined;
  const turns: Turn[] = [];
  let end: Outcome | null = null;
  await runDialogues({
    run,
    profiles: [tinyProfile],
    catalogue: tiny,
    seats,
    slots: 1,
    held,
    clock: () => 0,
    sink: {
      begin: (begun) => Promise.resolve(void (dialogue = begun)),
      turn: (_, _index, turn) => Promise.resolve(void turns.push(turn)),
      finish: (_, outcome) => Promise.resolve(void (end = outcome)),
    },
  });
  if (dialogue === undefined) throw new Error('nothing was held');
  return { ...dialogue, turns: [...(held.get(dialogue.id)?.turns ?? []), ...turns], outcome: end };
}

describe('a dialogue of the counterpart', () => {
  it('is written by one model on one transcript, and says that it was handed the targets', async () => {
    const engine = scripted();
    const dialogue = await hold(engine);
    expect(dialogue.referenceDependent).toBe(true);
    expect(dialogue.promptVersion).toBe(baselinePromptVersion());
    expect(dialogue.models.user).toEqual(dialogue.models.recommender);
    expect(dialogue.turns.map(({ raw }) => raw)).toEqual(script);
    expect(dialogue.turns.flatMap(({ violations }) => violations)).toEqual([]);
    expect(dialogue.outcome).toMatchObject({
      status: 'accepted',
      accepted: [tinyProfile.targets[0]],
      exchanges: 3,
    });
    expect(engine.resets).toBe(1);
    // Each request holds all that was written before, by either side.
    engine.requests.forEach(({ messages }, i) => {
      const written = messages.filter(({ role }) => role === 'assistant');
      expect(written.map(({ content }) => content)).toEqual(script.slice(0, i));
      expect(messages[0]?.content).toContain(`- ${target}: `);
    });
    expect(engine.requests.map(({ seed }) => seed)).toEqual(dialogue.turns.map(({ seed }) => seed));
  });

  it('offers its recommender every title, and no ranking is recorded', async () => {
    const engine = scripted();
    const { turns } = await hold(engine);
    const grammar = engine.requests[1]?.grammar ?? '';
    for (const { label } of tiny.items) expect(grammar).toContain(`"${label}"`);
    expect(turns.every(({ candidates }) => candidates === undefined)).toBe(true);
  });

  it('goes on after a reload with what was written before', async () => {
    const whole = await hold(scripted());
    const half: Dialogue = { ...whole, turns: whole.turns.slice(0, 3), outcome: null };
    const engine = answering((_, asked) => script[asked + 3] ?? '');
    const resumed = await hold(engine, new Map([[half.id, half]]));
    expect(resumed.resumed).toBe(true);
    expect(resumed.turns.map(({ raw }) => raw)).toEqual(script);
    const last = (requests: typeof engine.requests) => requests.at(-1)?.messages;
    const uninterrupted = scripted();
    await hold(uninterrupted);
    expect(last(engine.requests)).toEqual(last(uninterrupted.requests));
  });

  it('keeps dialogues apart that one engine holds at the same time', async () => {
    const engine = answering(({ messages }) => script[Math.floor(messages.length / 2) - 1] ?? '');
    const seats = counterpartSeats(engine, tiny);
    const profiles = [tinyProfile, { ...tinyProfile, id: 'other', targets: ['film-2'] }];
    const dialogues = profiles.map((profile) => {
      const agents = agentsOf(seats, profile);
      return runDialogue(depsOf({ ...agents, profile, dialogueId: profile.id }));
    });
    for (let turn = 0; turn < 4; turn++) {
      for (const dialogue of dialogues) expect((await dialogue.next()).done).toBe(false);
    }
    const targetsSeen = engine.requests.map(({ messages }) =>
      messages[0]?.content.includes('- Halloween (1978): '),
    );
    expect(targetsSeen).toEqual([false, true, false, true, false, true, false, true]);
    engine.requests.forEach(({ messages }, i) => {
      expect(messages).toHaveLength(2 * Math.floor(i / 2) + 2);
    });
  });

  it('fails, saying why, where there is no target to be handed', async () => {
    const engine = scripted();
    const profile = { ...tinyProfile, targets: [] };
    const agents = agentsOf(counterpartSeats(engine, tiny), profile);
    const { outcome } = await finish(depsOf({ ...agents, profile }));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'profile-invalid' } });
    expect(engine.requests).toEqual([]);
  });

  it('forgets a turn that was thrown away', async () => {
    const said = '[chat]\nThe same again, please.';
    const engine = answering((_, asked) => (asked < 3 ? said : '[bye]\nGood night to you.'));
    const agents = agentsOf(counterpartSeats(engine, tiny), tinyProfile);
    const { turns } = await finish(depsOf({ ...agents }), 3);
    const repeated = turns.findIndex(({ drafts }) => drafts !== undefined);
    expect(turns[repeated]?.drafts?.[0]?.fault).toBe('repeat');
    const [before, after] = engine.requests.slice(repeated, repeated + 2);
    expect(after?.messages).toEqual(before?.messages);
    expect(after?.seed).not.toBe(before?.seed);
  });

  it('takes whatever its grammars allow, turn after turn', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const engine = answering(({ grammar = '' }, asked) =>
        sample(readGrammar(grammar), createRandom(deriveSeed('counterpart', seed, asked))),
      );
      const agents = agentsOf(counterpartSeats(engine, tiny), tinyProfile);
      const { turns } = await finish(depsOf({ ...agents }));
      expect(turns.length).toBeGreaterThan(0);
      expect(turns.flatMap(({ violations }) => violations.map(({ kind }) => kind))).not.toContain(
        'unparsed',
      );
    }
  });
});

describe('who may be the counterpart', () => {
  const incompatible = (message: RegExp) =>
    expect.objectContaining({
      code: 'model-incompatible',
      message: expect.stringMatching(message) as string,
    }) as Error;

  it('a counterpart of these prompts, or a zero-shot model', () => {
    const seat = (...of: Parameters<typeof model>) => counterpartSeats(model(...of), tiny).seat();
    expect(seat('both', baselinePromptVersion()).promptVersion).toBe(baselinePromptVersion());
    expect(seat(undefined, null).promptVersion).toBeNull();
    expect(() => seat('both', '0123456789ab')).toThrowError(incompatible(/other prompts/));
    expect(() => seat(undefined, promptVersion())).toThrowError(incompatible(/other prompts/));
  });

  it('no model of the pair, and the counterpart takes no seat of the pair', () => {
    for (const role of ['user', 'recommender'] as const) {
      expect(() => counterpartSeats(model(role, promptVersion()), tiny).seat()).toThrowError(
        incompatible(/cannot be the counterpart/),
      );
    }
    expect(() => {
      checkCounterpart({ id: 'x', role: 'user', promptVersion: baselinePromptVersion() });
    }).toThrowError(incompatible(/user simulator/));
    const counterpart = model('both', baselinePromptVersion());
    expect(() => modelUser(counterpart, tiny).seat()).toThrowError(incompatible(/both sides/));
    expect(() =>
      modelRecommender(counterpart, tiny, createPopularityRanker(tiny)).seat(),
    ).toThrowError(incompatible(/both sides/));
    // A bare file says no role: then its prompts tell.
    const bare = model(undefined, baselinePromptVersion());
    expect(() => modelUser(bare, tiny).seat()).toThrowError(incompatible(/other prompts/));
  });
});
