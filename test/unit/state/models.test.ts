import { afterEach, describe, expect, it, vi } from 'vitest';
import { listModels, modelsOfSeat, seatModel } from '../../../src/lib/state/models';

const entry = (id: string, role?: string) => ({
  id,
  title: id,
  manifest: `${id}/manifest.json`,
  bytes: 5,
  ...(role === undefined ? {} : { role }),
});
const serve = (models: unknown) => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ models }))));
};
afterEach(() => {
  vi.unstubAllGlobals();
});

const pair = [
  entry('base'),
  entry('interplay-recommender-135m', 'recommender'),
  entry('interplay-user-135m', 'user'),
  { ...entry('interplay-counterpart-135m', 'both'), card: 'c/README.md' },
];

describe("the site's models", () => {
  it('have absolute addresses', async () => {
    serve(pair);
    const models = await listModels('http://lab.test/app/');
    expect(models[0]).toMatchObject({
      location: 'http://lab.test/app/models/base/manifest.json',
      role: null,
      card: null,
    });
    expect(models[3]?.card).toBe('http://lab.test/app/models/c/README.md');
    serve([]);
    await expect(listModels('http://lab.test/')).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('are offered by seat; a choice that is gone or of the other seat gives way to the default', async () => {
    serve(pair);
    const models = await listModels('http://lab.test/');
    expect(modelsOfSeat(models, 'user').map(({ id }) => id)).toEqual([
      'base',
      'interplay-user-135m',
    ]);
    expect(seatModel(models, 'user', null)?.id).toBe('interplay-user-135m');
    expect(seatModel(models, 'user', 'base')?.id).toBe('base');
    expect(seatModel(models, 'recommender', 'interplay-user-135m')?.id).toBe(
      'interplay-recommender-135m',
    );
    expect(seatModel(models.slice(3), 'user', null)).toBeNull();
  });
});
