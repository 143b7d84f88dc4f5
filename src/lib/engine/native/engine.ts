import { availableParallelism } from 'node:os';
import type {
  ChatEngine,
  ChatMessage,
  Completion,
  CompletionRequest,
  EngineInfo,
  LoadProgress,
  ModelRef,
} from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { loadArtifact } from '../artifact';
import { checkMessages, renderChatml } from '../chatml';
import { missingFile } from '../files/source';
import { modelIdentity } from '../manifest';
import { createFolderSource, hashFile } from './files';
import { Forced } from './forced';
import { generate, type NativeModel } from './generate';
import { ggufPath } from './gguf-cache';
import { importLibrary, type LlamaContext, type LlamaSequence, type Token } from './library';
import { SlotPool } from './slots';

export interface NativeEngineOptions {
  /** Sequences that advance together. Default 4. */
  slots?: number;
  /** Threads; on a busy machine fewer are far faster. Default: all cores but one. */
  threads?: number;
  /** Where repacked models are kept. Default: a folder of the system's temporary one. */
  cacheFolder?: string;
  /** Use a GPU if the installed variant has one. Default false: the processor. */
  gpu?: boolean;
  /** Where node-llama-cpp comes from. Default: the project's node_modules. */
  library?: () => Promise<unknown>;
}

/** Most tokens of a dialogue for a bare GGUF, which does not say what it should be used with. */
const defaultContext = 4096;

interface Source {
  path: string;
  model: EngineInfo['model'];
  contextLength: number;
}

/** llama.cpp as machine code, several dialogues at once. For the command only: it needs Node. */
export class NativeEngine implements ChatEngine {
  private loaded: NativeModel | null = null;
  private context: LlamaContext | null = null;
  private pool: SlotPool<LlamaSequence> | null = null;
  private known: EngineInfo | null = null;
  /** Tokens of answers that were offered: mostly the same titles again. */
  private paths = new Map<string, Token[]>();

  constructor(private readonly options: NativeEngineOptions = {}) {}

  /** `ModelRef.location` is the path of a manifest or of a GGUF file. */
  async load(
    model: ModelRef,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<EngineInfo> {
    await this.unload();
    const library = await importLibrary(this.options.library);
    const source = await this.find(model, onProgress, signal);
    onProgress?.({ phase: 'prepare', done: 0, total: 0, secondsLeft: null });
    const { slots = 4, gpu = false, threads = idleCores() } = this.options;
    try {
      const llama = await library.getLlama({
        gpu: gpu ? 'auto' : false,
        build: 'never',
        logLevel: 'error',
      });
      const native = await llama.loadModel({
        modelPath: source.path,
        ...(signal ? { loadSignal: signal } : {}),
      });
      const contextLength = Math.min(source.contextLength, native.trainContextSize);
      this.loaded = { library, llama, model: native, contextLength };
      const context = await native.createContext({
        sequences: slots,
        contextSize: contextLength,
        threads,
      });
      this.context = context;
      this.pool = new SlotPool(Array.from({ length: slots }, () => context.getSequence()));
      this.known = {
        kind: 'native',
        device: llama.gpu === false ? 'cpu' : llama.gpu,
        model: source.model,
        slots,
        grammar: true,
        contextLength,
      };
    } catch (reason) {
      await this.unload();
      signal?.throwIfAborted();
      throw new LabError(
        'model-incompatible',
        `The native engine cannot load ${source.path}. Check that node-llama-cpp runs here (npx node-llama-cpp inspect gpu), and the model.`,
        reason instanceof Error ? reason.message : String(reason),
      );
    }
    onProgress?.({ phase: 'ready', done: 0, total: 0, secondsLeft: 0 });
    return this.known;
  }

  async complete(
    request: CompletionRequest,
    onToken?: (textSoFar: string) => void,
  ): Promise<Completion> {
    return this.onSequence(request.messages, request.signal, (loaded, sequence, prompt, tokens) =>
      generate(loaded, sequence, prompt, tokens, request, onToken),
    );
  }

  /**
   * Natural logs of the probabilities that an answer begins with each of the texts: what a choice among given answers
   * is measured by. Errors: as `complete`.
   */
  async logProbabilities(
    messages: readonly ChatMessage[],
    texts: readonly string[],
  ): Promise<number[]> {
    return this.onSequence(messages, undefined, (loaded, sequence, _prompt, tokens) =>
      this.forced(loaded, sequence, tokens).logProbabilities(texts),
    );
  }

  /** Of each set of texts the one that this model, offered just these, says at temperature 0. Errors: as `complete`. */
  async choose(
    messages: readonly ChatMessage[],
    sets: readonly (readonly string[])[],
  ): Promise<string[]> {
    return this.onSequence(messages, undefined, (loaded, sequence, _prompt, tokens) =>
      this.forced(loaded, sequence, tokens).choose(sets),
    );
  }

  private forced({ model }: NativeModel, sequence: LlamaSequence, prompt: Token[]): Forced {
    const tokenize = (text: string) => {
      const path = this.paths.get(text) ?? model.tokenize(text, false);
      this.paths.set(text, path);
      return path;
    };
    return new Forced(tokenize, sequence, prompt);
  }

  /** Does something on a sequence that may hold the beginning of the dialogue, but of no other one. */
  private async onSequence<T>(
    messages: readonly ChatMessage[],
    signal: AbortSignal | undefined,
    work: (
      loaded: NativeModel,
      sequence: LlamaSequence,
      prompt: string,
      tokens: Token[],
    ) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const { loaded, pool } = this;
    if (!loaded || !pool)
      throw new LabError('engine-failed', 'No model is loaded. Load one, then ask again.');
    const prompt = renderChatml(checkMessages(messages));
    const tokens = loaded.model.tokenize(prompt, true);
    const { slot, fresh } = await pool.acquire(tokens);
    // What the sequence holds is known again only when this answer has ended well.
    let holds: readonly number[] = [];
    try {
      signal?.throwIfAborted();
      if (fresh) await slot.sequence.clearHistory();
      const answer = await work(loaded, slot.sequence, prompt, tokens);
      holds = tokens;
      return answer;
    } catch (reason) {
      signal?.throwIfAborted();
      if (reason instanceof LabError) throw reason;
      throw new LabError(
        'engine-failed',
        'The native engine stopped. Load the model again; if it stays, run with fewer dialogues at once.',
        reason instanceof Error ? reason.message : String(reason),
      );
    } finally {
      pool.release(slot, holds);
    }
  }

  /**
   * With one sequence: forgets its dialogue. With several, other dialogues are under way and keep theirs; a new one
   * starts from an empty sequence in any case.
   */
  async reset(): Promise<void> {
    if (this.known?.slots === 1) this.pool?.forget();
  }

  info(): EngineInfo | null {
    return this.known;
  }

  async unload(): Promise<void> {
    const { loaded, context } = this;
    this.loaded = this.context = this.pool = this.known = null;
    this.paths = new Map();
    await context?.dispose();
    await loaded?.model.dispose();
    await loaded?.llama.dispose();
  }

  private async find(
    model: ModelRef,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<Source> {
    if (model.location.endsWith('.gguf')) {
      const hash = await hashFile(model.location);
      if (hash === undefined) throw missingFile(model.location);
      return {
        path: model.location,
        model: { id: model.id, hash, promptVersion: null },
        contextLength: defaultContext,
      };
    }
    const access = { source: createFolderSource() };
    const artifact = await loadArtifact(access, model.location, false, onProgress, signal);
    return {
      path: await ggufPath(artifact, this.options.cacheFolder),
      model: modelIdentity(artifact.manifest),
      contextLength: artifact.chatConfig.contextLength,
    };
  }
}

/** llama.cpp's threads wait for each other: more of them than free cores stall them all. */
function idleCores(): number {
  return Math.max(1, availableParallelism() - 1);
}
