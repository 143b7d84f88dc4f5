import { LabError } from '../../contracts/errors';

/** The part of node-llama-cpp 3.22 that we use. It is no dependency (700 MB with all its variants), so typed here. */
export type Token = number;

export interface LlamaLibrary {
  getLlama(options: { gpu: false | 'auto'; build: 'never'; logLevel: string }): Promise<Llama>;
  LlamaGrammarEvaluationState: new (options: { model: LlamaModel; grammar: object }) => object;
  TokenBias?: unknown;
}

export interface Llama {
  readonly gpu: string | false;
  loadModel(options: { modelPath: string; loadSignal?: AbortSignal }): Promise<LlamaModel>;
  createGrammar(options: { grammar: string }): Promise<object>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  createContext(options: {
    sequences: number;
    contextSize: number;
    threads?: number;
  }): Promise<LlamaContext>;
  tokenize(text: string, specialTokens: boolean): Token[];
  detokenize(tokens: readonly Token[], specialTokens?: boolean): string;
  isEogToken(token: Token): boolean;
  dispose(): Promise<void>;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
  dispose(): Promise<void>;
}

/** What is asked of the next token after one that is fed: logits of the tokens named and of the likeliest one. */
export interface NextLogits {
  logits: { filter: { tokens: readonly Token[]; includeTop: number } };
  /** Sum over the vocabulary of exp(logit - greatest logit). */
  totalLogitWeight: true;
}

export interface LlamaSequence {
  readonly nextTokenIndex: number;
  clearHistory(): Promise<void>;
  adaptStateToTokens(tokens: Token[], allowShift: boolean): Promise<void>;
  evaluate(
    tokens: Token[],
    options: {
      temperature: number;
      topP: number;
      topK: number;
      minP: number;
      seed: number;
      yieldEogToken: boolean;
      grammarEvaluationState?: object;
    },
  ): AsyncGenerator<Token, void, undefined>;
  /** Feeds tokens without drawing any; an answer stands at the place of each token that asked. */
  controlledEvaluate(
    tokens: (Token | [token: Token, options: { generateNext: NextLogits }])[],
  ): Promise<({ next: { logits?: Map<Token, number>; totalLogitWeight?: number } } | undefined)[]>;
}

const packageName = 'node-llama-cpp';

/** node-llama-cpp, if it is installed. Error: `engine-unavailable` with the command that installs it. */
export async function importLibrary(
  load: () => Promise<unknown> = () => import(/* @vite-ignore */ packageName),
): Promise<LlamaLibrary> {
  try {
    return (await load()) as LlamaLibrary;
  } catch (reason) {
    throw new LabError(
      'engine-unavailable',
      'The native engine is not installed. Install it with: npm install --no-save node-llama-cpp@3.22',
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}
