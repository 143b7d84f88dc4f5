import { describe, expect, it } from 'vitest';
import type { UserView } from '../../../src/lib/contracts/view';
import { personAgent, type PromptPerson } from '../../../src/lib/dialogue/human-agent';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import { depsOf, finish } from './harness';

const request = {
  seed: 1,
  sampling: defaultConfig.sampling.user,
  constrained: true,
  slate: 2,
  candidates: 10,
};
const view: UserView = {
  role: 'user',
  brief: { summary: '', wanted: [], unwanted: [], known: [] },
  turns: [],
  recommended: [],
};

function answering(turns: Awaited<ReturnType<PromptPerson<UserView>>>[]) {
  const asked: UserView[] = [];
  let now = 0;
  const agent = personAgent<UserView>(
    (seen) => {
      asked.push(seen);
      now += 1500;
      return Promise.resolve(
        turns[asked.length - 1] ?? { actions: [{ type: 'bye' }], text: 'Bye' },
      );
    },
    () => now,
  );
  return { agent, asked };
}

describe('a person in a seat', () => {
  it('is read as a model is: raw text kept, titles linked, violations counted, no tokens', async () => {
    const { agent, asked } = answering([
      { actions: [{ type: 'inform' }], text: 'Something like Up, please.' },
      { actions: [{ type: 'reject', items: ['It (2017)'] }], text: 'Not It.\nReally not.' },
    ]);
    const { turns, outcome } = await finish(depsOf({ user: agent }));
    expect(turns[0]).toMatchObject({
      raw: '[inform]\nSomething like Up, please.',
      actions: [{ type: 'inform' }],
      violations: [{ kind: 'stray-title', found: 'Up' }],
      tokens: { prompt: null, cached: null, completion: null },
      ms: { prefill: null, decode: null, total: 1500 },
      seed: null,
    });
    expect(turns[2]).toMatchObject({
      actions: [{ type: 'reject', items: ['film-0'] }],
      text: 'Not It.\nReally not.',
      violations: [],
    });
    expect(turns[2]).not.toHaveProperty('prompt');
    expect(outcome.status).toBe('declined');
    expect(asked[1]?.recommended).toEqual(['It (2017)']);
  });

  it('sees the view of its seat, with no hidden target in it', async () => {
    const { agent, asked } = answering([]);
    await finish(depsOf({ user: agent }));
    expect(JSON.stringify(asked)).not.toContain('The Conjuring');
    expect(JSON.stringify(asked)).not.toContain('targets');
  });

  it('is said to be a person by the record', () => {
    expect(answering([]).agent.seat()).toEqual({
      id: 'person',
      hash: null,
      promptVersion: null,
      engine: 'none',
      human: true,
    });
  });

  it('need not answer once it is called off', async () => {
    const abort = new AbortController();
    const never = personAgent<UserView>(
      () => new Promise(() => undefined),
      () => 0,
    );
    const turn = never.respond(view, { ...request, signal: abort.signal });
    abort.abort(new DOMException('Stopped.', 'AbortError'));
    await expect(turn).rejects.toMatchObject({ name: 'AbortError' });
    await expect(never.respond(view, { ...request, signal: abort.signal })).rejects.toThrow(
      'Stopped.',
    );
  });
});
