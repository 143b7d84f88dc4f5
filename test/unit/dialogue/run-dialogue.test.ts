import { describe, expect, it } from 'vitest';
import type { DialogueConfig } from '../../../src/lib/contracts/dialogue';
import { LabError } from '../../../src/lib/contracts/errors';
import { modelRecommender, modelUser } from '../../../src/lib/dialogue/model-agent';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import { alwaysAcceptUser, neverAcceptUser } from '../../../src/lib/dialogue/scripted-users';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { runDialogue } from '../../../src/lib/dialogue/run-dialogue';
import { promptVersion } from '../../../src/lib/prompt/version';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { answering, depsOf, finish, tiny } from './harness';

const popularity = createPopularityRanker(tiny);
const trace = { ...defaultConfig, trace: true };

describe('runDialogue', () => {
  it('lets an honest user take what fits, and refuse what does not', async () => {
    const { turns, outcome } = await finish(depsOf());
    // By popularity: It is horror (half of the wishes), so the first one already fits.
    expect(outcome).toEqual({ status: 'accepted', accepted: ['film-0'], exchanges: 2 });
    expect(turns.map(({ role }) => role)).toEqual([
      'user',
      'recommender',
      'user',
      'recommender',
      'user',
    ]);
    expect(turns.flatMap(({ violations }) => violations)).toEqual([]);
    expect(turns.at(-1)?.actions).toEqual([{ type: 'bye' }]);
  });

  it('ends a dialogue in which nothing is ever accepted when the catalogue is used up', async () => {
    const { turns, outcome } = await finish(
      depsOf({ user: neverAcceptUser(), config: { ...defaultConfig, maxTurns: 40 } }),
    );
    expect(outcome.status).toBe('declined');
    const rejected = turns.flatMap(({ actions }) =>
      actions.filter(({ type }) => type === 'reject').flatMap(({ items }) => items ?? []),
    );
    expect(new Set(rejected).size).toBe(tiny.items.length);
  });

  it('gives equal dialogues for equal seeds, and other request seeds for others', async () => {
    const seeds = async (seed: number) => {
      const user = answering(({ seed: s }) => `[chat]\nI say ${String(s)}.`);
      const recommender = answering(({ seed: s }) => `[ask]\nAnd I say ${String(s)}.`);
      const { turns } = await finish(
        depsOf({
          user: modelUser(user, tiny),
          recommender: modelRecommender(recommender, tiny, popularity),
          config: { ...trace, maxTurns: 6 },
          seed,
        }),
      );
      return turns;
    };
    const [one, again, other] = await Promise.all([seeds(1), seeds(1), seeds(2)]);
    expect(JSON.stringify(one)).toBe(JSON.stringify(again));
    expect(one.map(({ seed }) => seed)).not.toEqual(other.map(({ seed }) => seed));
    expect(new Set(one.map(({ seed }) => seed)).size).toBe(6);
  });

  describe('redraws', () => {
    const chatter = () => answering(({ seed }) => `[chat]\nI say ${String(seed)}.`);
    const held = (lines: string[], redraws?: number) => {
      const user = answering((_, asked) => lines[asked] ?? `[chat]\nNow I say ${String(asked)}.`);
      const config: DialogueConfig = { ...defaultConfig, maxTurns: 4 };
      delete config.redraws;
      if (redraws !== undefined) config.redraws = redraws;
      return finish(
        depsOf({
          user: modelUser(user, tiny),
          recommender: modelRecommender(chatter(), tiny, popularity),
          config,
        }),
      ).then(({ turns }) => ({ turns, asked: user.requests }));
    };
    const said = '[chat]\nThe same again, please.';

    it('keep the first draw without a fault, and what was thrown away before it', async () => {
      const stray = '[inform]\nI think of Halloween (1978).';
      const { turns, asked } = await held([said, said.toUpperCase(), stray, '[inform]\nIt.'], 2);
      expect(turns[0]).not.toHaveProperty('drafts');
      expect(turns[2]?.raw).toBe('[inform]\nIt.');
      const seeds = asked.map(({ seed }) => seed);
      expect(turns[2]?.seed).toBe(seeds[3]);
      expect(turns[2]?.drafts).toEqual([
        { raw: said.toUpperCase(), seed: seeds[1], fault: 'violation' },
        { raw: stray, seed: seeds[2], fault: 'violation' },
      ]);
      expect(new Set(seeds).size).toBe(4);
      const usual = defaultConfig.sampling.user.temperature;
      const warmer = asked.map(({ sampling }) => sampling.temperature - usual);
      expect(warmer.map((degrees) => degrees.toFixed(1))).toEqual(['0.0', '0.0', '0.2', '0.4']);
    });

    it('end: the last draw stands, faulty as it is', async () => {
      const { turns } = await held([said, said, said, said, said], 2);
      expect(turns[2]?.raw).toBe(said);
      expect(turns[2]?.drafts?.map(({ fault }) => fault)).toEqual(['repeat', 'repeat']);
    });

    it.each([undefined, 0])('do not take place where there are %s', async (redraws) => {
      const { turns, asked } = await held([said, said], redraws);
      expect(turns[2]?.raw).toBe(said);
      expect(turns[2]).not.toHaveProperty('drafts');
      expect(asked).toHaveLength(2);
    });

    it('are not for the likeliest words, which stay the likeliest', async () => {
      const sampling = { ...defaultConfig.sampling.user, temperature: 0 };
      const user = answering(() => said);
      const { turns } = await finish(
        depsOf({
          user: modelUser(user, tiny),
          recommender: modelRecommender(chatter(), tiny, popularity),
          config: {
            ...defaultConfig,
            maxTurns: 4,
            redraws: 2,
            sampling: { ...defaultConfig.sampling, user: sampling },
          },
        }),
      );
      expect(turns[2]?.raw).toBe(said);
      expect(user.requests).toHaveLength(2);
    });

    it('make a recommender name what it recommends', async () => {
      const named = '[recommend: It (2017)]\nTry It (2017).';
      const recommender = answering((_, asked) =>
        asked === 0 ? '[recommend: It (2017)]\nTry this one.' : named,
      );
      const { turns } = await finish(
        depsOf({
          user: modelUser(chatter(), tiny),
          recommender: modelRecommender(recommender, tiny, popularity),
          config: { ...defaultConfig, maxTurns: 2, redraws: 1 },
        }),
      );
      expect(turns[1]?.raw).toBe(named);
      expect(turns[1]?.drafts?.map(({ fault }) => fault)).toEqual(['unnamed']);
    });

    it('make a role speak as itself', async () => {
      const { turns } = await held(['[chat]\nWhat kind of movies do you like?', '[chat]\nHi.'], 1);
      expect(turns[0]?.raw).toBe('[chat]\nHi.');
      expect(turns[0]?.drafts?.map(({ fault }) => fault)).toEqual(['role-swap']);
    });

    it('are not for scripts, which would say the same', async () => {
      const { turns } = await finish(
        depsOf({ user: neverAcceptUser(), config: { ...defaultConfig, maxTurns: 40 } }),
      );
      expect(turns.some((turn) => 'drafts' in turn)).toBe(false);
    });
  });

  it('empties both caches first, and keeps prompts only with trace', async () => {
    const user = answering(() => '[bye]\nBye.');
    const recommender = answering(() => '[bye]\nBye.');
    const seats = {
      user: modelUser(user, tiny),
      recommender: modelRecommender(recommender, tiny, popularity),
    };
    const traced = await finish(depsOf({ ...seats, config: trace }));
    expect([user.resets, recommender.resets]).toEqual([1, 1]);
    expect(traced.turns[0]?.prompt).toContain('You are a customer');
    const plain = await finish(depsOf(seats));
    expect(plain.turns[0]).not.toHaveProperty('prompt');
  });

  it('records violations and goes on: a stray title, feedback on what was never recommended', async () => {
    const lines = [
      '[inform]\nI think of Halloween (1978).',
      '[accept: Saw (2004)]\nI take Saw (2004).',
    ];
    const user = answering((_, i) => lines[i] ?? '[bye]\nBye.');
    const config = { ...defaultConfig, redraws: 0 };
    const { turns, outcome } = await finish(depsOf({ user: modelUser(user, tiny), config }));
    expect(turns[0]?.violations).toEqual([{ kind: 'stray-title', found: 'Halloween (1978)' }]);
    expect(turns[2]?.violations.map(({ kind }) => kind)).toEqual(['not-recommended']);
    expect(outcome.accepted).toEqual(['film-5']);
  });

  it('lets a user speak of what the summary says it knows', async () => {
    const user = answering((_, i) =>
      i === 0 ? '[inform: Heat (1995)]\nI loved Heat (1995).' : '[bye]\nHeat (1995) is my film.',
    );
    const { turns } = await finish(depsOf({ user: modelUser(user, tiny) }));
    expect(turns.flatMap(({ violations }) => violations)).toEqual([]);
    expect(turns[0]?.mentions[0]?.kind).toBe('action');
    expect(turns[2]?.mentions[0]).toMatchObject({ item: 'film-7', kind: 'reference' });
  });

  it('marks a turn that ran into its token limit', async () => {
    const user = answering(() => '[bye]\nGood');
    const complete = user.complete;
    user.complete = async (request) => ({ ...(await complete(request)), finish: 'length' });
    const { turns } = await finish(depsOf({ user: modelUser(user, tiny) }));
    expect(turns[0]?.violations).toEqual([{ kind: 'cut-off' }]);
  });

  it("ends with the outcome failed, and the engine's own error, when an engine fails", async () => {
    const failing = answering((_, i) => {
      if (i > 0) throw new LabError('engine-timeout', 'Too slow.');
      return '[inform]\nHello.';
    });
    const { turns, outcome } = await finish(depsOf({ user: modelUser(failing, tiny) }));
    expect(turns).toHaveLength(2);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'engine-timeout' } });
  });

  it('does not hide a fault of the program behind a failed dialogue', async () => {
    const broken = answering(() => {
      throw new TypeError('a bug');
    });
    await expect(finish(depsOf({ user: modelUser(broken, tiny) }))).rejects.toThrow('a bug');
  });

  it('rejects with the reason of an abort, in flight too, and loses only that turn', async () => {
    const controller = new AbortController();
    const reason = new DOMException('stop', 'AbortError');
    const user = answering((_, i) => {
      if (i === 1) controller.abort(reason);
      return `[inform]\nHello ${String(i)}.`;
    });
    const dialogue = runDialogue(
      depsOf({ user: modelUser(user, tiny), signal: controller.signal }),
    );
    expect((await dialogue.next()).done).toBe(false);
    expect((await dialogue.next()).done).toBe(false);
    await expect(dialogue.next()).rejects.toBe(reason);
  });

  it('goes on from earlier turns as if it had never stopped', async () => {
    const whole = await finish(depsOf());
    const rest = await finish(depsOf({ earlier: whole.turns.slice(0, 3) }));
    expect([...whole.turns.slice(0, 3), ...rest.turns]).toEqual(whole.turns);
    expect(rest.outcome).toEqual(whole.outcome);
    const over = await finish(depsOf({ earlier: whole.turns }));
    expect(over).toEqual({ turns: [], outcome: whole.outcome });
  });

  it('refuses an engine without grammars unless unconstrained turns are allowed', async () => {
    const free = answering(() => '[bye]\nBye.', { grammar: false });
    const user = modelUser(free, tiny);
    const refused = await finish(depsOf({ user }));
    expect(refused.outcome.error?.code).toBe('grammar-unsupported');
    const allowed = await finish(
      depsOf({ user, config: { ...defaultConfig, constrained: false } }),
    );
    expect(allowed.outcome.status).toBe('declined');
    expect(free.requests[0]).not.toHaveProperty('grammar');
  });

  it('refuses a model that was fine-tuned under other prompts', () => {
    const model = (version: string) =>
      modelUser(
        answering(() => '', { model: { id: 'x', hash: null, promptVersion: version } }),
        tiny,
      );
    expect(() => model('000000000000').seat()).toThrowError(
      expect.objectContaining({ code: 'model-incompatible' }),
    );
    expect(model(promptVersion()).seat().promptVersion).toBe(promptVersion());
  });

  it('refuses a model that was fine-tuned for the other seat', () => {
    const engine = (role?: 'user' | 'recommender' | 'both') =>
      answering(() => '', {
        model: { id: 'x', hash: null, promptVersion: null, ...(role ? { role } : {}) },
      });
    const user = (role?: 'user' | 'recommender' | 'both') => modelUser(engine(role), tiny).seat();
    expect(user('user').id).toBe('x');
    expect(user().id).toBe('x');
    expect(() => user('recommender')).toThrow(/fine-tuned as the recommender.*user simulator/);
    expect(() => user('both')).toThrow(/both sides/);
    expect(() => modelRecommender(engine('user'), tiny, popularity).seat()).toThrowError(
      expect.objectContaining({ code: 'model-incompatible' }),
    );
  });

  it("keeps the ranker's fifty best and offers the first K", async () => {
    const recommender = answering(() => '[recommend: It (2017)]\nTry It (2017).');
    const { turns } = await finish(
      depsOf({
        user: alwaysAcceptUser(),
        recommender: modelRecommender(recommender, tiny, popularity),
        config: { ...defaultConfig, candidates: 1 },
      }),
    );
    expect(turns[1]?.candidates).toHaveLength(tiny.items.length);
    expect(recommender.requests[0]?.grammar).toContain('It (2017)');
    expect(recommender.requests[0]?.grammar).not.toContain('Up (2009)');
    const prompts = JSON.stringify(recommender.requests.map(({ messages }) => messages));
    expect(prompts).not.toContain('Up (2009)');
  });

  it('says whose turn it is and passes on what is being said', async () => {
    const heard: string[] = [];
    const user = answering(() => '[bye]\nBye.');
    const { complete } = user;
    user.complete = (request, onToken?: (text: string) => void) => {
      onToken?.('[bye]');
      return complete(request);
    };
    await finish(
      depsOf({
        user: modelUser(user, tiny),
        recommender: rankerRecommender('popularity', popularity, tiny),
        onTurnStart: (index, role) => heard.push(`${String(index)} ${role}`),
        onText: (raw, role) => heard.push(`${role}: ${raw}`),
      }),
    );
    expect(heard).toEqual(['0 user', 'user: [bye]']);
  });
});
