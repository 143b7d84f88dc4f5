import fc from 'fast-check';
import type { XStatic } from 'typebox/schema';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts';
import { checkDialogue, dialogueSchema } from '../../../src/lib/store';
import { arbitraryDialogue } from './arbitrary-dialogue';

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

/** Every place of a plain value that holds something, as a path. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, held]) => places(held, [...path, key]))];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((held, key) => (held as Record<string, unknown>)[key], value);
}

function wrong(value: unknown): unknown {
  if (typeof value === 'string') return 42;
  if (typeof value === 'number') return 'x';
  if (typeof value === 'boolean') return 0;
  return Array.isArray(value) || value === null ? {} : [];
}

const optional = new Set([
  'drafts',
  'redraws',
  'items',
  'error',
  'detail',
  'device',
  'candidates',
  'prompt',
  'patience',
  'talkativeness',
  'forkOf',
  'attribution',
  'ranker',
  'human',
  'edits',
]);

/** Three ways to spoil a record in one place. */
const spoilings: Record<string, (record: unknown, path: string[]) => boolean> = {
  retype(record, path) {
    const key = path.at(-1);
    if (key === undefined) return false;
    const parent = at(record, path.slice(0, -1)) as Record<string, unknown>;
    parent[key] = wrong(parent[key]);
    return true;
  },
  remove(record, path) {
    const key = path.at(-1);
    const parent = at(record, path.slice(0, -1)) as Record<string, unknown>;
    const within = path.at(-2) ?? '';
    const required =
      key === 'prompt'
        ? within === 'tokens'
        : key === 'dialogueId'
          ? within === 'forkOf'
          : !optional.has(key ?? '');
    const isBySeat = path.at(-2) === 'models';
    if (key === undefined || Array.isArray(parent) || !(required || isBySeat)) return false;
    Reflect.deleteProperty(parent, key);
    return true;
  },
  add(record, path) {
    const held = at(record, path);
    if (typeof held !== 'object' || held === null || Array.isArray(held)) return false;
    (held as Record<string, unknown>)['surplus'] = 1;
    return true;
  },
};

describe('the dialogue schema', () => {
  it('infers to the type of the contract', () => {
    expectTypeOf<XStatic<typeof dialogueSchema>>().toEqualTypeOf<Mutable<Dialogue>>();
  });

  it('is the published file', async () => {
    const published = `${JSON.stringify(dialogueSchema, null, 2)}\n`;
    await expect(published).toMatchFileSnapshot('../../../static/schema/dialogue.v1.schema.json');
  });

  it('takes every dialogue that the types allow', () => {
    fc.assert(
      fc.property(arbitraryDialogue, (dialogue) => {
        expect(checkDialogue(dialogue)).toEqual({ ok: true, dialogue });
      }),
    );
  });

  it.each(Object.entries(spoilings))('refuses a record after %s in one place', (_name, spoil) => {
    fc.assert(
      fc.property(arbitraryDialogue, fc.nat(), (dialogue, choice) => {
        const record: unknown = structuredClone(dialogue);
        const all = places(record);
        fc.pre(spoil(record, all[choice % all.length] ?? []));
        expect(checkDialogue(record)).toMatchObject({ ok: false });
      }),
      { numRuns: 300 },
    );
  });
});

describe('checkDialogue', () => {
  const [sample] = fc.sample(arbitraryDialogue, { numRuns: 1, seed: 7 });

  it('names the place that is wrong', () => {
    const checked = checkDialogue({ ...sample, seed: 'seven' });
    expect(checked).toEqual({
      ok: false,
      reason: expect.stringContaining('/seed must be integer'),
    });
  });

  it('tells a newer version from a broken record', () => {
    expect(checkDialogue({ ...sample, schemaVersion: 2 })).toEqual({
      ok: false,
      reason: expect.stringContaining('version 2'),
    });
  });

  it.each([null, 3, 'text', [], {}, JSON.parse('{"__proto__":{"schemaVersion":1}}')])(
    'refuses %j',
    (value) => {
      expect(checkDialogue(value).ok).toBe(false);
    },
  );

  it("refuses the other role's action and a mention outside the text", () => {
    const turn = {
      role: 'recommender',
      actions: [],
      text: 'Hi',
      raw: 'Hi',
      mentions: [],
      violations: [],
      tokens: { prompt: null, cached: null, completion: null },
      ms: { prefill: null, decode: null, total: 1 },
      seed: null,
    };
    const withTurn = (part: object) => checkDialogue({ ...sample, turns: [{ ...turn, ...part }] });
    expect(withTurn({})).toMatchObject({ ok: true });
    expect(withTurn({ actions: [{ type: 'accept', items: ['a'] }] })).toMatchObject({ ok: false });
    const mention = { item: 'a', start: 0, end: 3, kind: 'stray' };
    expect(withTurn({ mentions: [mention] })).toMatchObject({ ok: false });
  });
});
