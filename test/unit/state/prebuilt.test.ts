import type { AppConfig } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { prebuiltScheme, readPrebuilt } from '../../../src/lib/engine/webgpu/prebuilt-list';
import { prebuiltError } from '../../../src/lib/engine/webgpu/errors';
import { fitsSeat } from '../../../src/lib/engine/model-seats';
import { LabError } from '../../../src/lib/contracts/errors';
import { ModelSeat } from '../../../src/lib/state/model-seat.svelte';
import { Prebuilt } from '../../../src/lib/state/prebuilt.svelte';
import { prebuiltView } from '../../../src/lib/state/views/prebuilt';

const record = (model_id: string, rest: object = {}) => ({
  model: `https://hub.test/${model_id}`,
  model_id,
  model_lib: 'lib.wasm',
  ...rest,
});
const config = {
  model_list: [
    record('Llama-3.2-1B-Instruct-q4f32_1-MLC', { vram_required_MB: 1128.82 }),
    record('Qwen2.5-0.5B-Instruct-q4f16_1-MLC', {
      vram_required_MB: 944.62,
      required_features: ['shader-f16'],
    }),
    record('SmolLM2-135M-Instruct-q0f16-MLC', { vram_required_MB: 359.69 }),
    record('snowflake-arctic-embed-m-q0f32-MLC-b32', { model_type: 1 }),
    record('Nobody-knows-MLC'),
  ],
} as AppConfig;
const list = readPrebuilt(config);

function storage(text: string | null = null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

describe('web-llm’s list', () => {
  it('names chat models with size, memory and licence, the smallest first', () => {
    expect(list.map(({ id }) => id)).toEqual([
      'SmolLM2-135M-Instruct-q0f16-MLC',
      'Qwen2.5-0.5B-Instruct-q4f16_1-MLC',
      'Llama-3.2-1B-Instruct-q4f32_1-MLC',
      'Nobody-knows-MLC',
    ]);
    expect(list[0]).toMatchObject({ bytes: 270e6, memory: 359_690_000, licence: 'Apache-2.0' });
    expect(list[1]).toMatchObject({ bytes: 281_250_000, needsHalf: true });
    expect(list[2]?.licence).toBe('Llama Community License');
    const unknown = list.at(-1);
    expect(unknown && prebuiltView(unknown)).toMatchObject({
      size: 'not told',
      memory: 'not told',
      licence: 'not told',
    });
  });
});

describe('prebuilt models in the page', () => {
  it('are absent where the page may connect to no other address', async () => {
    let asked = 0;
    const prebuilt = new Prebuilt(false, storage('[["x", 1]]'), () => {
      asked += 1;
      return Promise.resolve(list);
    });
    await prebuilt.open();
    expect(asked).toBe(0);
    expect(prebuilt.list).toBeNull();
    expect(prebuilt.entries).toEqual([]);
    expect(prebuilt.error?.message).toMatch(/--allow-network/);
    const [first] = list;
    expect(() => first && prebuilt.take(first)).toThrow(LabError);
  });

  it('take either seat, zero-shot, and are there at the next visit', async () => {
    const kept = storage();
    const prebuilt = new Prebuilt(true, kept, () => Promise.resolve(list));
    expect(prebuilt.list).toBeNull();
    await prebuilt.open();
    const [first] = prebuilt.list ?? [];
    if (!first) throw new Error('no list');
    const entry = prebuilt.take(first);
    prebuilt.take(first);
    expect(prebuilt.entries).toEqual([entry]);
    expect(entry).toMatchObject({ role: null, location: `${prebuiltScheme}${first.id}` });
    expect(fitsSeat(entry, 'user') && fitsSeat(entry, 'recommender')).toBe(true);
    expect(new Prebuilt(true, kept).entries).toEqual([entry]);
    expect(new Prebuilt(true, storage('{"no": 1}')).entries).toEqual([]);
    expect(new Prebuilt(true, storage('no json')).entries).toEqual([]);
  });

  it('tell why the list cannot be read', async () => {
    const prebuilt = new Prebuilt(true, storage(), () => Promise.reject(new TypeError('failed')));
    await prebuilt.open();
    expect(prebuilt.list).toBeNull();
    expect(prebuilt.error?.code).toBe('model-missing');
  });

  it('tell why one cannot be fetched, and other failures as what they are', () => {
    for (const reason of [new TypeError('Failed to fetch'), new Error('Cache.add() encountered')]) {
      expect(prebuiltError(reason, 'x')).toMatchObject({ code: 'model-missing' });
    }
    const lost = Object.assign(new Error('gone'), { name: 'DeviceLostError' });
    expect(prebuiltError(lost, 'x')).toMatchObject({ code: 'device-lost' });
    expect(prebuiltError('?', 'x')).toMatchObject({ code: 'engine-failed' });
  });

  it('are refused by the engine that cannot run them, before anything is loaded', async () => {
    const seat = new ModelSeat('user', () => {
      throw new Error('an engine was made');
    });
    const location = `${prebuiltScheme}x`;
    await expect(
      seat.ready('wasm', { id: location, location }, new AbortController().signal),
    ).rejects.toMatchObject({ code: 'engine-unavailable' });
  });
});
