import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/lib/contracts';
import { splitLines, type LineOptions, type LineSource } from '../../../src/lib/store';

async function all(source: LineSource, options?: LineOptions): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of splitLines(source, options)) lines.push(line);
  return lines;
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    chunks.push(bytes.subarray(start, start + size));
  }
  return chunks;
}

function streamOf(
  chunks: Uint8Array[],
  onCancel = (): void => undefined,
): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const chunk = left.shift();
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
    cancel: onCancel,
  });
}

describe('splitLines', () => {
  it('gives the same lines however the bytes are cut, also inside a character', async () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((text) => !/[\r\n\ufeff]/.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        async (lines, end, size) => {
          const bytes = new TextEncoder().encode(lines.map((text) => text + end).join(''));
          expect(await all(cut(bytes, size))).toEqual(lines);
          expect(await all(streamOf(cut(bytes, size)))).toEqual(lines);
        },
      ),
    );
  });

  it('keeps blank lines and a last line without an end', async () => {
    expect(await all('a\n\nb')).toEqual(['a', '', 'b']);
    expect(await all('')).toEqual([]);
  });

  it('names the line that is too long, and does not hold it', async () => {
    let pulled = 0;
    const endless = (function* () {
      yield 'short\n';
      for (;;) {
        pulled += 1;
        yield 'x'.repeat(10);
      }
    })();
    const failure = await all(endless, { maxLength: 25 }).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(LabError);
    expect(failure).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('Line 2'),
    });
    expect(pulled).toBe(3);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const bytes = new Uint8Array([0x61, 0xff, 0x0a]);
    await expect(all([bytes])).rejects.toMatchObject({ code: 'bad-input' });
    await expect(all([new Uint8Array([0xe2, 0x82])])).rejects.toMatchObject({ code: 'bad-input' });
  });

  it("passes the source's own error on, a TypeError too", async () => {
    const broken = (async function* () {
      yield 'a\n';
      throw new TypeError('network');
    })();
    await expect(all(broken)).rejects.toThrowError('network');
  });

  it('cancels a stream that is not read to its end', async () => {
    let cancelled = false;
    const stream = streamOf(cut(new TextEncoder().encode('a\nb\nc\n'), 2), () => {
      cancelled = true;
    });
    for await (const line of splitLines(stream)) {
      expect(line).toBe('a');
      break;
    }
    expect(cancelled).toBe(true);
  });
});
