import type { CompletionRequest } from '../../contracts/engine';

/**
 * Any text. Without a grammar a model may draw bytes that are no UTF-8, on which wllama 3.8.1 fails; inside one it
 * can only end in the middle of a character (see `endedInsideCharacter`). It costs one look at the drawn token.
 */
const anyText = 'root ::= [^\\x00]*';

/**
 * llama.cpp's request fields for our sampling, every sampler named: temperature, then the smallest set of tokens
 * with probability top-p, in web-llm's order. llama.cpp's own defaults would add top-k 40, min-p and more. One
 * difference stays: llama.cpp draws without the grammar first and draws again inside the grammar only if the draw
 * does not fit, so below top-p 1 the two engines' distributions under a grammar are alike, not equal.
 */
export function samplingFields({ sampling, seed, grammar }: CompletionRequest) {
  return {
    samplers: ['temperature', 'top_p'],
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: 0,
    min_p: 0,
    typical_p: 1,
    repeat_penalty: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    dry_multiplier: 0,
    xtc_probability: 0,
    mirostat: 0,
    dynatemp_range: 0,
    max_tokens: sampling.maxTokens,
    timings_per_token: true,
    seed,
    grammar: grammar ?? anyText,
  };
}
