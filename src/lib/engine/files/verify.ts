import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ManifestFile } from '../../contracts/engine';
import { LabError } from '../../contracts/errors';

/** Bytes with a buffer of their own. */
export type Bytes = Uint8Array<ArrayBuffer>;

function truncated(file: ManifestFile, got: number, detail?: string): LabError {
  return new LabError(
    'model-truncated',
    `The model file ${file.path} ended after ${got} of ${file.bytes} bytes. Load the model again; if it stays, the copy on the server is incomplete.`,
    detail,
  );
}

function corrupt(file: ManifestFile, detail: string): LabError {
  return new LabError(
    'model-corrupt',
    `The model file ${file.path} is not the one that its manifest describes. Delete the stored models and load it again; if it stays, the copy on the server is damaged.`,
    detail,
  );
}

/**
 * Reads a file to its end and returns it only if its length and SHA-256 are those of the manifest.
 * The hash is computed while bytes arrive. Errors: `model-truncated` (fewer bytes, or the connection broke),
 * `model-corrupt` (more bytes, or another hash), or what the source throws.
 */
export async function readVerified(
  file: ManifestFile,
  chunks: AsyncIterable<Uint8Array>,
  onBytes?: (count: number) => void,
  signal?: AbortSignal,
): Promise<Bytes> {
  const bytes = new Uint8Array(file.bytes);
  const hash = sha256.create();
  let got = 0;
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      if (got + chunk.length > file.bytes)
        throw corrupt(file, `more than the ${file.bytes} bytes expected`);
      bytes.set(chunk, got);
      hash.update(chunk);
      got += chunk.length;
      onBytes?.(chunk.length);
    }
  } catch (reason) {
    signal?.throwIfAborted();
    if (reason instanceof LabError) throw reason;
    throw truncated(file, got, reason instanceof Error ? reason.message : String(reason));
  }
  signal?.throwIfAborted();
  if (got < file.bytes) throw truncated(file, got);
  const digest = bytesToHex(hash.digest());
  if (digest !== file.sha256) throw corrupt(file, `SHA-256 ${digest}, expected ${file.sha256}`);
  return bytes;
}
