import { describe, expect, it } from 'vitest';
import { ScriptedEngine } from '../../../src/lib/engine/scripted/engine';
import { createEngineHost } from '../../../src/lib/state/engine-host';

const request = {
  messages: [
    { role: 'system', content: 's' },
    { role: 'user', content: 'u' },
  ],
  seed: 20_000_000,
  sampling: { temperature: 0, topP: 1, maxTokens: 9 },
};

function host(script: readonly string[]) {
  const locations: string[] = [];
  const engineHost = createEngineHost({
    root: 'http://lab.test/folder/',
    onProgress: () => undefined,
    create: () => {
      const engine = new ScriptedEngine(script);
      const load = engine.load.bind(engine);
      engine.load = (model, ...rest) => {
        locations.push(model.location);
        return load(model, ...rest);
      };
      return engine;
    },
  });
  return { engineHost, locations };
}

describe('the engine host', () => {
  it('answers in a seat of its own for each role', async () => {
    const { engineHost, locations } = host(['one', 'two']);
    const model = { id: 'm', location: 'models/m/manifest.json' };
    for (const seat of ['user', 'recommender'] as const) {
      expect(await engineHost.call(seat, 'load', ['wasm', model])).toMatchObject({ ok: true });
      expect(await engineHost.call(seat, 'complete', [request, 'a'])).toMatchObject({
        ok: true,
        value: { text: 'one' },
      });
    }
    expect(locations[0]).toBe('http://lab.test/folder/models/m/manifest.json');
  });

  it('gives errors as data', async () => {
    const { engineHost } = host([]);
    expect(await engineHost.call('user', 'complete', [request, 'a'])).toMatchObject({
      ok: false,
      error: { code: 'engine-failed' },
    });
    expect(await engineHost.call('user', 'load', ['native', {}])).toMatchObject({
      ok: false,
      error: { code: 'bad-input' },
    });
    expect(await engineHost.call('user', 'dance' as 'info', [])).toMatchObject({ ok: false });
  });

  it('takes an abort for a request that is gone', async () => {
    const { engineHost } = host([]);
    expect(await engineHost.call('user', 'abort', ['nothing'])).toEqual({ ok: true, value: null });
    expect(await engineHost.call('user', 'unload', [])).toEqual({ ok: true, value: null });
  });
});
