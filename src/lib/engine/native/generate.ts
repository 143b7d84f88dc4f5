import type { Completion, CompletionRequest } from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { contextFull } from '../wasm/errors';
import type { Llama, LlamaLibrary, LlamaModel, LlamaSequence, Token } from './library';

/** A loaded model. */
export interface NativeModel {
  library: LlamaLibrary;
  llama: Llama;
  model: LlamaModel;
  contextLength: number;
}

async function grammarState(
  { library, llama, model }: NativeModel,
  grammar: string,
): Promise<object> {
  try {
    const compiled = await llama.createGrammar({ grammar });
    return new library.LlamaGrammarEvaluationState({ model, grammar: compiled });
  } catch (reason) {
    throw new LabError(
      'bad-input',
      'The engine cannot read the grammar of this turn. This is a fault of the program that asks.',
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}

/** Generates one answer on one sequence. `tokens` is the whole prompt, `prompt` its text. */
export async function generate(
  native: NativeModel,
  sequence: LlamaSequence,
  prompt: string,
  tokens: Token[],
  request: CompletionRequest,
  onToken?: (textSoFar: string) => void,
): Promise<Completion> {
  const { signal, sampling, seed, grammar } = request;
  const { model, contextLength } = native;
  if (tokens.length >= contextLength)
    throw contextFull(`${tokens.length} tokens, context of ${contextLength}`);
  const started = performance.now();
  const grammarEvaluationState =
    grammar === undefined ? undefined : await grammarState(native, grammar);
  // The last token is always computed: its output is what the first draw needs.
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  const cached = sequence.nextTokenIndex;
  const output: Token[] = [];
  let drawn = 0;
  let firstAt: number | null = null;
  let finish: Completion['finish'] = 'length';
  const room = Math.min(sampling.maxTokens, contextLength - tokens.length);
  const answer = sequence.evaluate(tokens.slice(cached), {
    temperature: sampling.temperature,
    topP: sampling.topP,
    topK: 0,
    minP: 0,
    seed,
    yieldEogToken: true,
    ...(grammarEvaluationState ? { grammarEvaluationState } : {}),
  });
  for await (const token of answer) {
    signal?.throwIfAborted();
    firstAt ??= performance.now();
    drawn += 1;
    if (model.isEogToken(token)) {
      finish = 'stop';
      break;
    }
    output.push(token);
    onToken?.(model.detokenize(output));
    if (output.length >= room) break;
  }
  signal?.throwIfAborted();
  const ended = performance.now();
  return {
    text: model.detokenize(output),
    prompt,
    tokens: { prompt: tokens.length, cached, completion: drawn },
    ms: {
      prefill: firstAt === null ? null : firstAt - started,
      decode: firstAt === null ? null : ended - firstAt,
      total: ended - started,
    },
    finish,
  };
}
