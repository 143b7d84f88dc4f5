import { describe, expect, it } from 'vitest';
import { chooseEngine, type BrowserAbilities } from '../../../src/lib/engine/choose';

const best: BrowserAbilities = {
  webgpu: true,
  adapter: 'apple metal-3',
  software: false,
  wasm: true,
  isolated: true,
};

describe('chooseEngine', () => {
  it.each<[string, Partial<BrowserAbilities>, 'auto' | 'webgpu' | 'wasm', string, boolean, RegExp]>(
    [
      ['a real GPU', {}, 'auto', 'webgpu', true, /WebGPU on apple/],
      ['no WebGPU', { webgpu: false, adapter: null }, 'auto', 'wasm', true, /has no WebGPU:/],
      ['no adapter', { adapter: null }, 'auto', 'wasm', true, /no adapter/],
      [
        'a software adapter',
        { adapter: 'swiftshader', software: true },
        'auto',
        'wasm',
        true,
        /Software adapter only \(swiftshader\)/,
      ],
      [
        'a software adapter and no wasm',
        { adapter: 'swiftshader', software: true, wasm: false },
        'auto',
        'webgpu',
        true,
        /swiftshader/,
      ],
      ['nothing', { webgpu: false, adapter: null, wasm: false }, 'auto', 'wasm', false, /64-bit/],
      ['one thread', { adapter: null, isolated: false }, 'auto', 'wasm', true, /one thread/],
      ['a wish for wasm', {}, 'wasm', 'wasm', true, /by hand/],
      ['a wish for wasm, not possible', { wasm: false }, 'wasm', 'wasm', false, /64-bit/],
      ['a wish for webgpu', { software: true }, 'webgpu', 'webgpu', true, /by hand/],
      ['a wish for webgpu, not possible', { adapter: null }, 'webgpu', 'webgpu', false, /adapter/],
    ],
  )('%s', (_, changes, wish, kind, possible, reason) => {
    expect(chooseEngine({ ...best, ...changes }, wish)).toEqual({
      kind,
      possible,
      reason: expect.stringMatching(reason),
    });
  });
});
