import type { ChatEngine, ChatMessage } from '../../contracts/engine';
import { judgeDigits, judgeGrammar } from './instructions';

/** An engine that tells how likely an answer is to begin with each of some texts: `native` does. */
interface TellsOdds {
  logProbabilities(messages: readonly ChatMessage[], texts: readonly string[]): Promise<number[]>;
}

export type JudgeHow = 'expectation' | 'draws';

/** Asks for a score from 1 to 5; `null` where the answer is no digit. */
export type Ask = (
  messages: readonly ChatMessage[],
  seed: number,
  signal: AbortSignal | undefined,
) => Promise<number | null>;

function tellsOdds(engine: object): engine is TellsOdds {
  return 'logProbabilities' in engine && typeof engine.logProbabilities === 'function';
}

/**
 * How an engine is asked: for the digit's expected value where it tells odds, else for a digit drawn at temperature 1,
 * whose mean over many questions estimates the same. The grammar holds the digit; without one the first digit counts.
 */
export function askOf(engine: ChatEngine): { ask: Ask; how: JudgeHow } {
  if (tellsOdds(engine)) {
    return {
      how: 'expectation',
      ask: async (messages, _seed, signal) => {
        signal?.throwIfAborted();
        return expectedDigit(await engine.logProbabilities(messages, judgeDigits));
      },
    };
  }
  const grammar = engine.info()?.grammar === true ? { grammar: judgeGrammar } : {};
  const sampling = { temperature: 1, topP: 1, maxTokens: 4 };
  return {
    how: 'draws',
    ask: async (messages, seed, signal) => {
      const request = { messages, seed, sampling, ...grammar, ...(signal ? { signal } : {}) };
      const digit = /[1-5]/.exec((await engine.complete(request)).text)?.[0];
      return digit === undefined ? null : Number(digit);
    },
  };
}

/** The mean of the digits, weighted by their odds among each other; `null` where all are impossible. */
export function expectedDigit(logs: readonly number[]): number | null {
  const greatest = Math.max(...logs);
  if (!Number.isFinite(greatest)) return null;
  const odds = logs.map((log) => Math.exp(log - greatest));
  const total = odds.reduce((sum, odd) => sum + odd, 0);
  return odds.reduce((sum, odd, i) => sum + odd * (i + 1), 0) / total;
}
