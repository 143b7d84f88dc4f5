import { describe, expect, it } from 'vitest';
import type { ModelManifest } from '../../../src/lib/contracts/engine';
import { promptVersion } from '../../../src/lib/prompt/version';
import { loadedView, modelView } from '../../../src/lib/state/views/models';
import { toyManifest } from '../../support/toy-models';

const entry = {
  id: 'toy',
  title: 'Toy',
  bytes: 91_565_558,
  role: null,
  location: 'http://lab.test/models/toy/manifest.json',
  card: null,
  added: false,
};

describe('a model on the page', () => {
  it('tells what its manifest says, and where it sits', async () => {
    const manifest = JSON.parse(await toyManifest()) as ModelManifest;
    const row = { entry, manifest, error: null, kept: { bytes: 0, total: 9 }, hasLibrary: true };
    const view = modelView(row, { user: entry, recommender: null });
    expect(view.seats).toEqual(['user']);
    const facts = Object.fromEntries(view.facts.map(({ label, value }) => [label, value]));
    expect(facts).toMatchObject({
      'models.fact.size': '91.6 MB',
      'models.fact.parameters': '100,000',
      'models.fact.hash': manifest.hash,
      'models.fact.prompts': expect.stringContaining('none') as string,
    });
    const promptsOf = (version: string) =>
      modelView(
        { ...row, manifest: { ...manifest, promptVersion: version } },
        { user: null, recommender: null },
      ).facts.find(({ label }) => label === 'models.fact.prompts')?.value;
    expect(promptsOf(promptVersion())).toBe(promptVersion());
    expect(promptsOf('000000000000')).toContain('cannot be loaded');
  });

  it('is shown with its error when its manifest cannot be read', () => {
    const error = { code: 'model-missing', message: 'gone' } as const;
    const row = { entry, manifest: null, error, kept: { bytes: 0, total: 9 }, hasLibrary: true };
    expect(modelView(row, { user: null, recommender: null })).toMatchObject({ error, seats: [] });
  });
});

describe('what is in memory', () => {
  it('is told by seat', () => {
    expect(loadedView('user', null).text).toBeNull();
    const model = { id: 'toy', hash: null, promptVersion: null };
    const info = { kind: 'wasm', device: '2 threads', model, slots: 1, grammar: true } as const;
    expect(loadedView('user', { ...info, contextLength: 4096 }).text).toBe(
      'toy on WebAssembly (CPU) (2 threads), context 4096',
    );
    expect(loadedView('user', { ...info, contextLength: null }).text).toContain('not told');
  });
});
