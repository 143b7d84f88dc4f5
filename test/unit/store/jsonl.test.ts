import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts';
import { readDialogue, readDialogues, writeDialogue } from '../../../src/lib/store';
import { arbitraryDialogue } from './arbitrary-dialogue';

/** The same value with all keys in the opposite order. */
function reversed<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed) as T;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, held]) => [key, reversed(held)]),
  ) as T;
}

function sample(seed: number): Dialogue {
  const [dialogue] = fc.sample(arbitraryDialogue, { numRuns: 1, seed });
  if (!dialogue) throw new Error('no sample');
  return dialogue;
}

describe('JSONL', () => {
  it('gives back exactly what was written, one line a dialogue', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryDialogue, { maxLength: 4 }), async (dialogues) => {
        const file = dialogues.map((dialogue) => `${writeDialogue(dialogue)}\n`).join('');
        expect(file.split('\n')).toHaveLength(dialogues.length + 1);
        const bytes = new TextEncoder().encode(file);
        const read = await readDialogues([bytes.slice(0, 100), bytes.slice(100)]);
        expect(read.problems).toEqual([]);
        expect(read.dialogues).toStrictEqual(dialogues);
      }),
    );
  });

  it('writes equal records as equal bytes, whatever the order of their keys', () => {
    fc.assert(
      fc.property(arbitraryDialogue, (dialogue) => {
        expect(writeDialogue(reversed(dialogue))).toBe(writeDialogue(dialogue));
      }),
    );
  });

  it('begins a line with what identifies it', () => {
    expect(writeDialogue(sample(1))).toMatch(/^\{"schemaVersion":1,"id":"/);
  });

  it('refuses to write what could not be read back', () => {
    const dialogue = sample(2);
    const startedAt = Number.NaN;
    expect(() => writeDialogue({ ...dialogue, startedAt })).toThrowError(/could not be written/);
  });

  it('reads the good lines and says what is wrong with the others', async () => {
    const [first, second] = [sample(3), sample(4)];
    const lines = [
      writeDialogue(first),
      '',
      '{"schemaVersion":1}',
      `${writeDialogue(second)}\r`,
      writeDialogue(second).slice(0, -20),
    ];
    const read = await readDialogues(lines.join('\n'));
    expect(read.dialogues).toEqual([first, second]);
    expect(read.problems.map(({ line }) => line)).toEqual([3, 5]);
    expect(read.problems[1]?.reason).toContain('not JSON');
  });

  it('survives deep nesting and hostile keys', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(readDialogue(deep)).toMatchObject({ ok: false });
    const inside = `{"schemaVersion":1,"id":${deep}}`;
    expect(readDialogue(inside)).toMatchObject({ ok: false });
    const line = writeDialogue(sample(5)).replace('{', '{"__proto__":{"polluted":true},');
    expect(readDialogue(line)).toMatchObject({ ok: false });
    expect({}).not.toHaveProperty('polluted');
  });

  it('never throws, whatever the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readDialogue(text).ok).toBe(false);
      }),
    );
  });
});
