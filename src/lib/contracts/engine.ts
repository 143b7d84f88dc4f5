export const engineKinds = ['webgpu', 'wasm', 'native', 'http', 'scripted'] as const;
export type EngineKind = (typeof engineKinds)[number];

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface Sampling {
  /** 0 picks the likeliest token. */
  temperature: number;
  topP: number;
  /** Most tokens a turn may have. */
  maxTokens: number;
}

export interface CompletionRequest {
  messages: readonly ChatMessage[];
  /** GBNF text with a rule `root`; absent for an unconstrained turn. */
  grammar?: string;
  /** Integer in [1, 2^31 - 2]; two requests with equal seeds and prompts get equal answers. */
  seed: number;
  sampling: Sampling;
  signal?: AbortSignal;
}

export interface TokenCounts {
  /** All tokens of the prompt. `null` when the engine does not say. */
  prompt: number | null;
  /** Of those, how many came from the cache. */
  cached: number | null;
  completion: number | null;
}

/** Milliseconds. The only numbers of a record that may differ between two equal runs. */
export interface Timings {
  prefill: number | null;
  decode: number | null;
  total: number;
}

export interface Completion {
  text: string;
  /** The exact text the model saw, or, for an endpoint with a template of its own, the messages sent, as JSON. */
  prompt: string;
  tokens: TokenCounts;
  ms: Timings;
  finish: 'stop' | 'length';
}

/** Which model to load, and where its files are. */
export interface ModelRef {
  id: string;
  /** URL (page, workers) or path (native) of `manifest.json`; for `http` the endpoint's base URL. */
  location: string;
}

export interface ManifestFile {
  /** Relative to the manifest's folder. */
  path: string;
  bytes: number;
  sha256: string;
}

export const modelRoles = ['user', 'recommender', 'both'] as const;
/** What a model was fine-tuned for: a seat, or `both`: a reference-dependent model that writes either side. */
export type ModelRole = (typeof modelRoles)[number];

/** `manifest.json` of a model: what it is and what its files must hash to. */
export interface ModelManifest {
  id: string;
  title: string;
  base: string;
  licence: string;
  source: string;
  /** For which seat it was fine-tuned; absent for a base model. */
  role?: ModelRole;
  /** The prompt version it was fine-tuned under; `null` for a base model, which is marked zero-shot. */
  promptVersion: string | null;
  parameters: number;
  quantization: string;
  /** `path` is relative to the folder above the manifest's. */
  library: ManifestFile;
  files: readonly ManifestFile[];
  /** SHA-256 over the sorted lines "path sha256" of weights and tokenizer. */
  hash: string;
  architecture: {
    hidden: number;
    intermediate: number;
    layers: number;
    heads: number;
    kvHeads: number;
    headSize: number;
    vocabulary: number;
    ropeTheta: number;
    normEpsilon: number;
    contextLength: number;
  };
}

export interface LoadProgress {
  phase: 'download' | 'verify' | 'prepare' | 'ready';
  /** Bytes done and in all, of the present phase; `total` 0 when unknown. */
  done: number;
  total: number;
  /** Seconds left of the present phase; `null` when unknown. */
  secondsLeft: number | null;
}

export interface EngineInfo {
  kind: EngineKind;
  /** What computes: "swiftshader", "2 threads", an endpoint's host. */
  device: string;
  model: {
    id: string;
    /** SHA-256 of weights and tokenizer; `null` for an endpoint. */
    hash: string | null;
    promptVersion: string | null;
    /** For which seat it was fine-tuned; absent where none is known. */
    role?: ModelRole;
  };
  /** How many sequences it can advance at once. */
  slots: number;
  /** False when grammars cannot be held; such an engine is refused unless the user allows unconstrained turns. */
  grammar: boolean;
  contextLength: number | null;
}

/** A language model that can be asked. The caller never knows whether its request was batched. */
export interface ChatEngine {
  /** Errors: `model-missing`, `model-truncated`, `model-corrupt`, `model-incompatible`, `engine-unavailable`. */
  load(
    model: ModelRef,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<EngineInfo>;
  /** May be called concurrently; `onToken` gets the text so far. Errors: `engine-failed`, `engine-timeout`, `context-full`, `device-lost`. */
  complete(request: CompletionRequest, onToken?: (textSoFar: string) => void): Promise<Completion>;
  /** Forget all cached prompts: a dialogue starts with empty caches. */
  reset(): Promise<void>;
  info(): EngineInfo | null;
  unload(): Promise<void>;
}
