import type { LoadProgress } from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { loadFiles, type FileAccess } from '../../engine/files/load';
import type { EvaluationProgress } from '../evaluation/steps';
import type { TextEncoder } from './encoder';
import {
  baselinePart,
  encoderParts,
  parseBaseline,
  parseEncoderManifest,
  type EncoderPart,
} from './encoder-manifest';
import { createOnnxEncoder, type EncoderSession } from './onnx-encoder';

/** An encoder that was found and not yet loaded. */
export interface FoundEncoder {
  /** Changes with its weights and its settings. */
  identity: string;
  open(
    signal?: AbortSignal,
    onProgress?: (progress: EvaluationProgress) => void,
  ): Promise<TextEncoder>;
}

export type StartSession = (lower: Uint8Array, upper: Uint8Array) => Promise<EncoderSession>;

/** Longest manifest that is read (characters). */
const manifestLimit = 1 << 16;

/**
 * The encoder whose manifest lies at `location`. Every file is held against its SHA-256 before it is used, and kept
 * where `access` keeps files. Errors: `model-missing`, `model-corrupt`, `model-truncated`, `engine-unavailable`.
 */
export async function findEncoder(
  access: FileAccess,
  startSession: StartSession,
  location: string,
  signal?: AbortSignal,
): Promise<FoundEncoder> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of await access.source.open(location, signal)) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > manifestLimit) break;
  }
  const manifest = parseEncoderManifest(text);
  const files = manifest.files
    .filter(({ path }) => [...encoderParts, baselinePart].some((part) => part === path))
    .map((file) => ({ ...file, location: access.source.resolve(file.path, location) }));
  return {
    identity: JSON.stringify(manifest),
    async open(signal, onProgress) {
      const found = new Map<string, Uint8Array>();
      const report = ({ done, total }: LoadProgress): void => {
        onProgress?.({ done, total, what: 'loading the sentence encoder' });
      };
      await loadFiles(access, files, ({ path }, bytes) => found.set(path, bytes), report, signal);
      const part = (name: EncoderPart): Uint8Array => found.get(name) ?? new Uint8Array();
      const session = await startSession(part('lower.onnx'), part('upper.onnx')).catch(unavailable);
      signal?.throwIfAborted();
      const baseline = found.get(baselinePart);
      return createOnnxEncoder(
        manifest,
        decoder.decode(part('vocab.txt')),
        session,
        baseline ? parseBaseline(decoder.decode(baseline)) : null,
      );
    },
  };
}

function unavailable(reason: unknown): never {
  throw new LabError(
    'engine-unavailable',
    'The sentence encoder could not be started here. Leave the encoder out, or use a current browser.',
    reason instanceof Error ? reason.message : String(reason),
  );
}
