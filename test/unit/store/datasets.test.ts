import { describe, expect, it } from 'vitest';
import type { DatasetInfo } from '../../../src/lib/contracts';
import { tinyPack } from '../../support/tiny-domain';
import { freshStores } from './fresh-store';

const open = freshStores();

function aDataset(id: string, importedAt: number): DatasetInfo {
  return {
    schemaVersion: 1,
    id,
    name: `Dataset ${id}`,
    format: 'redial',
    domain: 'tiny',
    licence: 'CC BY 4.0',
    attribution: 'Made up',
    fileName: 'a.jsonl',
    dialogues: 3,
    titles: { marked: 4, linked: 2 },
    importedAt,
  };
}

describe('datasets', () => {
  it('are kept with their licence, the newest first, until they are deleted', async () => {
    const store = await open();
    await store.saveDataset(aDataset('a', 1));
    await store.saveDataset(aDataset('b', 2));
    expect(await store.listDatasets()).toEqual([aDataset('b', 2), aDataset('a', 1)]);
    await store.deleteDataset('b');
    await store.deleteDataset('b');
    expect((await store.listDatasets()).map(({ id }) => id)).toEqual(['a']);
  });
});

describe('catalogues', () => {
  it('are kept whole, listed by name, and never replaced unasked', async () => {
    const store = await open();
    await store.saveCatalogue(tinyPack);
    await store.saveCatalogue({ ...tinyPack, id: 'other', name: 'Another' });
    expect(await store.getCatalogue('tiny')).toEqual(tinyPack);
    expect((await store.listCatalogues()).map(({ name }) => name)).toEqual(['Another', 'Tiny']);
    await expect(store.saveCatalogue(tinyPack)).rejects.toMatchObject({ code: 'bad-input' });
    await store.saveCatalogue({ ...tinyPack, name: 'Renamed' }, true);
    expect((await store.getCatalogue('tiny'))?.name).toBe('Renamed');
    await store.deleteCatalogue('tiny');
    expect(await store.getCatalogue('tiny')).toBeNull();
    expect(await store.listCatalogues()).toHaveLength(1);
  });
});
