import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkPromptVersion,
  manifestFile,
  modelHash,
  parseManifest,
} from '../../../src/lib/engine/manifest';

const file = (path: string, digit: string) => ({ path, bytes: 10, sha256: digit.repeat(64) });
const files = [
  file('resolve/main/tokenizer.json', 'a'),
  file('resolve/main/params_shard_0.bin', 'b'),
  file('resolve/main/mlc-chat-config.json', 'c'),
];
const valid = {
  id: 'toy',
  title: 'Toy',
  base: 'toy',
  licence: 'MIT',
  source: 'made up',
  promptVersion: null,
  parameters: 1000,
  quantization: 'Q4_0',
  library: file('lib/toy.wasm', 'd'),
  files,
  hash: modelHash(files),
  architecture: {
    hidden: 64,
    intermediate: 192,
    layers: 2,
    heads: 2,
    kvHeads: 1,
    headSize: 32,
    vocabulary: 320,
    ropeTheta: 10000,
    normEpsilon: 1e-5,
    contextLength: 256,
  },
};
const without = (from: object, key: string) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));
const corrupt = expect.objectContaining({ code: 'model-corrupt' });

describe('parseManifest', () => {
  it('takes a valid manifest, with or without a role', () => {
    expect(parseManifest(valid)).toEqual(valid);
    const tuned = { ...valid, role: 'user', promptVersion: 'v1', extra: true };
    expect(parseManifest(tuned)).toEqual({ ...valid, role: 'user', promptVersion: 'v1' });
    expect(parseManifest({ ...valid, role: 'both' }).role).toBe('both');
    expect(() => parseManifest({ ...valid, role: 'judge' })).toThrow(corrupt);
  });

  it('refuses any manifest that lacks a field', () => {
    for (const key of Object.keys(valid)) {
      expect(() => parseManifest(without(valid, key)), key).toThrow(corrupt);
    }
    for (const key of Object.keys(valid.architecture)) {
      const architecture = without(valid.architecture, key);
      expect(() => parseManifest({ ...valid, architecture }), key).toThrow(corrupt);
    }
  });

  it('refuses paths that leave the folder, and a hash of other files', () => {
    for (const path of ['../x.bin', '/x.bin', 'a/../../x', 'https://x/y', 'a\\..\\b'])
      expect(() => parseManifest({ ...valid, library: { ...valid.library, path } })).toThrow(
        corrupt,
      );
    const swapped = [files[0], { ...files[1], sha256: 'e'.repeat(64) }, files[2]];
    expect(() => parseManifest({ ...valid, files: swapped })).toThrow(corrupt);
  });

  it('throws our own error for anything else', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        expect(() => parseManifest(json)).toThrow(corrupt);
      }),
    );
  });
});

describe('modelHash', () => {
  it('depends on weights and tokenizer, not on their order or the chat settings', () => {
    const [tokenizer, shard, config] = files as [
      (typeof files)[0],
      (typeof files)[0],
      (typeof files)[0],
    ];
    expect(modelHash([config, shard, tokenizer])).toBe(modelHash(files));
    expect(modelHash([shard, tokenizer])).toBe(modelHash(files));
    expect(modelHash([{ ...shard, sha256: 'f'.repeat(64) }, tokenizer])).not.toBe(modelHash(files));
  });
});

it('checkPromptVersion lets base models pass and refuses another version', () => {
  checkPromptVersion({ id: 'm', promptVersion: null }, 'v2');
  checkPromptVersion({ id: 'm', promptVersion: 'v2' }, 'v2');
  expect(() => checkPromptVersion({ id: 'm', promptVersion: 'v1' }, 'v2')).toThrow(
    expect.objectContaining({ code: 'model-incompatible' }),
  );
});

it('manifestFile finds by name', () => {
  const manifest = parseManifest(valid);
  expect(manifestFile(manifest, 'tokenizer.json').path).toBe('resolve/main/tokenizer.json');
  expect(() => manifestFile(manifest, 'kenizer.json')).toThrow(corrupt);
});
