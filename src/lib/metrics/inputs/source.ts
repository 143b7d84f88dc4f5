import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { isAbort, LabError } from '../../contracts/errors';

/** A file of lines, wherever it lies: on a disk, in a visitor's hand, or written from the store. */
export interface LineFile {
  name: string;
  /** Its bytes from the start. What cannot be read rejects with `bad-input`. */
  open: () => AsyncIterable<Uint8Array>;
}

/** What an evaluation was made from: part of every report. */
export interface SourceFile {
  name: string;
  /** Empty where the file could not be read to its end. */
  sha256: string;
  records: number;
  /** Lines that are no records, with why; line 0 for the file as a whole. */
  problems: readonly { line: number; reason: string }[];
}

/** Lets other work in during a long read; `undefined` when that is not due. */
export type Breathe = () => Promise<void> | undefined;

/** The bytes of a file as they are read, and their hash when all were. */
export function hashed(file: LineFile): { bytes: AsyncIterable<Uint8Array>; hash(): string } {
  const hash = sha256.create();
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of file.open()) {
        hash.update(chunk);
        yield chunk;
      }
    } catch (reason) {
      if (reason instanceof LabError || isAbort(reason)) throw reason;
      throw new LabError(
        'bad-input',
        `${file.name} cannot be read. Check that it is still there, and choose it again.`,
        reason instanceof Error ? reason.message : String(reason),
      );
    }
  }
  return { bytes: bytes(), hash: () => bytesToHex(hash.digest()) };
}

/** A line as JSON, or why it is none. */
export function jsonOf(line: string): { value: unknown } | { reason: string } {
  try {
    return { value: JSON.parse(line) };
  } catch (reason) {
    return {
      reason: `It is not JSON (${reason instanceof Error ? reason.message : String(reason)}).`,
    };
  }
}
