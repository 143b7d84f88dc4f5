import { readFile } from 'node:fs/promises';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rotaryRow, writeBlocks } from '../../../src/lib/engine/gguf/blocks';
import { repackAsGguf, type ArtifactFiles } from '../../../src/lib/engine/gguf/repack';
import { layOutGguf } from '../../../src/lib/engine/gguf/writer';
import type { ModelManifest } from '../../../src/lib/contracts/engine';
import { readGguf } from '../../support/gguf-reader';

const folder = new URL('../../golden/toy-artifact/', import.meta.url);
const text = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');

async function toy(): Promise<{
  expected: {
    architecture: ModelManifest['architecture'];
    metadata: Record<string, unknown>;
    tensors: Record<string, { type: string; shape: number[]; sha256: string }>;
  };
  files: ArtifactFiles;
}> {
  return {
    expected: JSON.parse(await text('expected-gguf.json')),
    files: {
      tensorIndex: await text('tensor-cache.json'),
      tokenizer: await text('tokenizer.json'),
      chatConfig: await text('mlc-chat-config.json'),
      shard: async (name) => Uint8Array.from(await readFile(new URL(name, folder))),
    },
  };
}

describe('repacking shards as GGUF', () => {
  it('gives every tensor the bytes that the reference quantiser writes', async () => {
    const { expected, files } = await toy();
    const gguf = readGguf(
      await repackAsGguf({ title: 'Toy', architecture: expected.architecture }, files),
    );
    const typeNames: Record<number, string> = { 0: 'F32', 2: 'Q4_0', 8: 'Q8_0' };
    const found = Object.fromEntries(
      [...gguf.tensors.values()].map(({ name, type, shape, bytes }) => [
        name,
        { type: typeNames[type], shape, sha256: bytesToHex(sha256(bytes)) },
      ]),
    );
    expect(found).toEqual(expected.tensors);
  });

  it('writes the metadata that llama.cpp needs', async () => {
    const { expected, files } = await toy();
    const { version, metadata } = readGguf(
      await repackAsGguf({ title: 'Toy', architecture: expected.architecture }, files),
    );
    expect(version).toBe(3);
    for (const [key, value] of Object.entries(expected.metadata)) {
      const found = metadata.get(key);
      if (typeof value === 'number' && !Number.isInteger(value))
        expect(found, key).toBeCloseTo(value, 9);
      else expect(found, key).toEqual(value);
    }
    expect(metadata.get('general.name')).toBe('Toy');
    const tokens = metadata.get('tokenizer.ggml.tokens') as string[];
    const types = metadata.get('tokenizer.ggml.token_type') as number[];
    expect(tokens).toHaveLength(expected.architecture.vocabulary);
    expect(tokens[1]).toBe('<|im_start|>');
    expect(types[1]).toBe(3);
    const json = JSON.parse(await files.tokenizer) as { model: { vocab: Record<string, number> } };
    for (const [token, id] of Object.entries(json.model.vocab)) expect(tokens[id]).toBe(token);
  });

  it('refuses weights of another shape, another tokenizer, a missing tensor', async () => {
    const { expected, files } = await toy();
    const refused = { code: 'model-incompatible' };
    const model = { title: 'Toy', architecture: expected.architecture };
    const wider = { title: 'Toy', architecture: { ...expected.architecture, hidden: 128 } };
    await expect(repackAsGguf(wider, files)).rejects.toMatchObject(refused);
    const other = files.tokenizer.replace('"individual_digits":true', '"individual_digits":false');
    expect(other).not.toBe(files.tokenizer);
    await expect(repackAsGguf(model, { ...files, tokenizer: other })).rejects.toMatchObject(
      refused,
    );
    const index = files.tensorIndex.replace('"norm.weight"', '"other.weight"');
    await expect(repackAsGguf(model, { ...files, tensorIndex: index })).rejects.toMatchObject({
      ...refused,
      detail: 'no tensor norm.weight',
    });
  });
});

describe('layOutGguf', () => {
  it('holds headers of any size', () => {
    const tokens = Array.from({ length: 60_000 }, (_, i) => `Ġtoken number ${i}`);
    const metadata = { tokens: { type: 'string[]', value: tokens } } as const;
    const { bytes, place } = layOutGguf(metadata, [
      { name: 'one', shape: [5], type: 'f32' },
      { name: 'two', shape: [32, 2], type: 'q8_0' },
    ]);
    place('two').fill(7);
    const gguf = readGguf(bytes);
    expect(gguf.metadata.get('tokens')).toEqual(tokens);
    expect([...(gguf.tensors.get('one')?.bytes ?? [])]).toEqual(new Array(20).fill(0));
    expect([...(gguf.tensors.get('two')?.bytes ?? [])]).toEqual(new Array(68).fill(7));
  });
});

describe('blocks', () => {
  it('moves every code word and scale to its place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 150 }),
        fc.constantFrom(4, 8),
        fc.nat(),
        (pairs, columns, wordsPerGroup, seed) => {
          const groups = 2 * pairs;
          const value = (i: number): number => Math.imul(i + seed + 1, 0x9e3779b1) >>> 0;
          const words = Uint32Array.from({ length: groups * wordsPerGroup * columns }, (_, i) =>
            value(i),
          );
          const scales = Uint32Array.from({ length: pairs * columns }, (_, i) => value(-i));
          const bytesPerBlock = 2 + 4 * wordsPerGroup;
          const target = new Uint8Array(columns * groups * bytesPerBlock);
          writeBlocks({ words, scales, columns, groups, wordsPerGroup }, 0, columns, target);
          const view = new DataView(target.buffer);
          for (let row = 0; row < columns; row++)
            for (let group = 0; group < groups; group++) {
              const at = (row * groups + group) * bytesPerBlock;
              const pair = scales[(group >> 1) * columns + row] as number;
              expect(view.getUint16(at, true)).toBe(group % 2 ? pair >>> 16 : pair & 0xffff);
              for (let j = 0; j < wordsPerGroup; j++)
                expect(view.getUint32(at + 2 + 4 * j, true)).toBe(
                  words[(wordsPerGroup * group + j) * columns + row],
                );
            }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('interleaves the two halves of each head', () => {
    const row = rotaryRow(8);
    expect(Array.from({ length: 16 }, (_, i) => row(i))).toEqual([
      0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15,
    ]);
  });
});
