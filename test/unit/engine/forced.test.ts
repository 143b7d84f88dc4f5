import { describe, expect, it } from 'vitest';
import { Forced } from '../../../src/lib/engine/native/forced';
import type { LlamaSequence } from '../../../src/lib/engine/native/library';

/** A token a letter; the model's logits are a function of all tokens so far. */
function fake(logitOf: (before: string, next: string) => number) {
  let state: number[] = [];
  let fed = 0;
  const letters = 'abcdx';
  const sequence: Pick<
    LlamaSequence,
    'adaptStateToTokens' | 'controlledEvaluate' | 'nextTokenIndex'
  > = {
    get nextTokenIndex() {
      return state.length;
    },
    adaptStateToTokens(tokens) {
      const same = tokens.findIndex((token, i) => token !== state[i]);
      state = state.slice(0, same < 0 ? tokens.length : same);
      return Promise.resolve();
    },
    controlledEvaluate(tokens) {
      const answers = tokens.map((entry) => {
        state.push(typeof entry === 'number' ? entry : entry[0]);
        fed += 1;
        if (typeof entry === 'number') return undefined;
        const before = String.fromCharCode(...state);
        const all = [...letters].map((next) => logitOf(before, next));
        const most = Math.max(...all);
        const { tokens: asked } = entry[1].generateNext.logits.filter;
        const top = letters.charCodeAt(all.indexOf(most));
        return {
          next: {
            logits: new Map(
              [top, ...asked].map((t) => [t, logitOf(before, String.fromCharCode(t))]),
            ),
            totalLogitWeight: all.reduce((sum, logit) => sum + Math.exp(logit - most), 0),
          },
        };
      });
      return Promise.resolve(answers);
    },
  };
  const tokenize = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
  return { forced: new Forced(tokenize, sequence, tokenize('xx')), fed: () => fed };
}

describe('forced answers', () => {
  it('multiplies the odds of their tokens', async () => {
    // Uniform over five letters, but b is e times likelier after a.
    const { forced } = fake((before, next) => (before.endsWith('a') && next === 'b' ? 1 : 0));
    const [ab, ac, d] = await forced.logProbabilities(['ab', 'ac', 'd']);
    expect(ab).toBeCloseTo(Math.log((1 / 5) * (Math.E / (4 + Math.E))));
    expect(ac).toBeCloseTo(Math.log((1 / 5) * (1 / (4 + Math.E))));
    expect(d).toBeCloseTo(Math.log(1 / 5));
  });

  it('are chosen step by step, as a grammar would', async () => {
    // a is the likelier start although c leads to the likelier whole.
    const { forced } = fake((before, next) => {
      if (before === 'xx') return { a: 2, c: 1 }[next] ?? 0;
      return before.endsWith('c') && next === 'd' ? 9 : 0;
    });
    expect(await forced.choose([['ab', 'ad', 'cd'], ['cd'], ['cd', 'ad'], ['cd', 'ca']])).toEqual([
      'ab',
      'cd',
      'ad',
      'cd',
    ]);
  });

  it('are computed once a place, and not where there is no choice', async () => {
    const { forced, fed } = fake(() => 0);
    await forced.choose([['aab'], ['aac', 'aad']]);
    // The prompt and the two forced letters, in one go.
    expect(fed()).toBe(4);
    await forced.choose([['aab', 'aac', 'aad']]);
    expect(fed()).toBe(4);
  });
});
