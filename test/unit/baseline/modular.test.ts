import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/lib/baseline/modular-policy';
import { generatorPrompt, modularPromptVersion } from '../../../src/lib/baseline/modular-prompt';
import { modularRecommender } from '../../../src/lib/baseline/modular-recommender';
import type { RecommenderView, ViewTurn } from '../../../src/lib/contracts/view';
import { honestUser } from '../../../src/lib/dialogue/scripted-users';
import { createRandom } from '../../../src/lib/domain/random';
import { promptVersion } from '../../../src/lib/prompt/version';
import { createContentRanker } from '../../../src/lib/recommend/ranker';
import { parseStatistics } from '../../../src/lib/recommend/statistics';
import { accepts, readGrammar, sample } from '../action/gbnf';
import { answering, depsOf, finish, tiny } from '../dialogue/harness';

const ranker = createContentRanker(tiny, parseStatistics(null));
const heard = (text: string): ViewTurn => ({ by: 'other', text, cards: [] });
const viewOf = (...turns: ViewTurn[]): RecommenderView => ({ role: 'recommender', turns });
const decided = (view: RecommenderView) => decide(view, ranker.rank(view, tiny, 50), tiny);
const offer: ViewTurn = {
  by: 'self',
  actions: [{ type: 'recommend', items: ['Saw (2004)'] }],
  text: 'How about Saw (2004)?',
};

describe('the policy of a modular recommender', () => {
  it('asks until enough is known, of what it does not know, and then recommends the first of the ranker', () => {
    const first = decided(viewOf(heard('Hello!')));
    expect(first).toMatchObject({ type: 'ask', about: { id: 'genre' } });
    const view = viewOf(heard('A horror film by James Wan please.'));
    expect(decided(view)).toMatchObject({
      type: 'recommend',
      item: { id: ranker.rank(view, tiny, 1)[0] },
    });
  });

  it('asks no more than twice, whatever it is told', () => {
    const asked: ViewTurn = { by: 'self', actions: [{ type: 'ask' }], text: 'What do you like?' };
    const view = viewOf(heard('Hm.'), asked, heard('No idea.'), asked, heard('Still none.'));
    expect(decided(view).type).toBe('recommend');
  });

  it('never offers a film twice, and ends when there is none left', () => {
    const turns: ViewTurn[] = [heard('Horror by James Wan.')];
    const offered = new Set<string>();
    for (let i = 0; i < tiny.items.length; i++) {
      const act = decided(viewOf(...turns));
      if (act.type !== 'recommend') throw new Error(act.type);
      expect(offered.has(act.item.label)).toBe(false);
      offered.add(act.item.label);
      turns.push(
        { by: 'self', actions: [{ type: 'recommend', items: [act.item.label] }], text: '.' },
        heard('Not that.'),
      );
    }
    expect(decided(viewOf(...turns)).type).toBe('bye');
  });

  it.each([
    ['Who directed it?', 'answer'],
    ['Anything else?', 'recommend'],
    ['Sounds good, I will watch it.', 'chat'],
    ['Sounds good, but I have seen it.', 'recommend'],
    ['Thanks, goodbye!', 'bye'],
  ])('takes "%s" after a recommendation for a time to %s', (text, type) => {
    expect(decided(viewOf(heard('Horror by James Wan.'), offer, heard(text))).type).toBe(type);
  });
});

describe('a modular recommender', () => {
  it('leads an honest user to what it wants, in templates, without a violation', async () => {
    const recommender = modularRecommender('modular', ranker, tiny);
    const { turns, outcome } = await finish(depsOf({ user: honestUser(), recommender }));
    expect(outcome.status).toBe('accepted');
    expect(turns.flatMap(({ violations }) => violations)).toEqual([]);
    expect(recommender.seat()).toMatchObject({ id: 'modular', engine: 'none', hash: null });
  });

  it('has a model put the act into words that the model cannot change', async () => {
    const random = createRandom(3);
    const engine = answering(({ grammar = '' }) => sample(readGrammar(grammar), random));
    const recommender = modularRecommender('modular', ranker, tiny, engine);
    const templates = modularRecommender('modular', ranker, tiny);
    const view = viewOf(heard('Horror by James Wan.'));
    const request = {
      seed: 5,
      sampling: { temperature: 1, topP: 1, maxTokens: 40 },
      constrained: true,
      slate: 2,
      candidates: 10,
    };
    const [spoken, set] = [
      await recommender.respond(view, request),
      await templates.respond(view, request),
    ];
    expect(spoken.raw.split('\n')[0]).toBe(set.raw.split('\n')[0]);
    expect(engine.requests).toHaveLength(1);
    const label = /\[recommend: (.+)\]/.exec(set.raw)?.[1] ?? 'none';
    expect(spoken.raw.split('\n')[1]).toContain(label);
    expect(spoken.prompt).not.toContain(label);
    expect(recommender.seat().id).toBe('modular:test-model');
  });

  it('refuses a generator that was fine-tuned for a role', () => {
    const model = { id: 'tuned', hash: null, promptVersion: promptVersion() };
    const engine = answering(() => 'Hm.', { model });
    expect(() => modularRecommender('modular', ranker, tiny, engine).seat()).toThrow(/zero-shot/);
  });

  it('puts the title in where an engine without grammar forgot it', async () => {
    const engine = answering(() => '[recommend: Up (2009)]\nYou will love this one.');
    const recommender = modularRecommender('modular', ranker, tiny, engine);
    const view = viewOf(heard('Horror by James Wan.'));
    const { raw } = await recommender.respond(view, {
      seed: 5,
      sampling: { temperature: 1, topP: 1, maxTokens: 40 },
      constrained: false,
      slate: 2,
      candidates: 10,
    });
    const [line = '', text = ''] = raw.split('\n');
    const label = /^\[recommend: (.+)\]$/.exec(line)?.[1] ?? 'none';
    expect(text).toContain(label);
    expect(text).not.toContain('[');
  });
});

describe('what the generator is asked with', () => {
  const card = { item: 'x', label: 'Up (2009)', facts: [{ type: 'genre', value: 'animation' }] };
  const asked = generatorPrompt(viewOf(heard('Hi')), { type: 'recommend', card }, tiny.pack);

  it('names no title that nobody has said, only what there is to say of it', () => {
    const told = JSON.stringify(asked);
    expect(told).not.toContain('Up (2009)');
    expect(told).toContain('animation');
  });

  it('lets it write nothing but one line that holds the mark of the item', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), (seed) => {
        const text = sample(readGrammar(asked.grammar), createRandom(seed));
        expect(text).toContain('ITEM');
        expect(text).not.toMatch(/[\n[\]]/);
      }),
    );
  });

  it('allows at most eight words before it', () => {
    const lead = (count: number) => `${'word '.repeat(count)}ITEM, yes.`;
    const grammar = readGrammar(asked.grammar);
    expect([0, 8, 9].map((count) => accepts(grammar, lead(count)))).toEqual([true, true, false]);
  });

  it('ends with the act, after what was heard, and has a version of its own', () => {
    const view = viewOf(heard('Hi'), offer, heard('No.'));
    const { messages } = generatorPrompt(view, { type: 'bye' }, tiny.pack);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages.at(-1)?.content).toBe('No.\n(Say goodbye.)');
    expect(modularPromptVersion()).toMatch(/^[0-9a-f]{12}$/);
    expect(modularPromptVersion()).not.toBe(promptVersion());
  });
});
