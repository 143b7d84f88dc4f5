import { describe, expect, it, vi } from 'vitest';
import { Catalogues } from '../../../src/lib/state/catalogues.svelte';
import { Datasets } from '../../../src/lib/state/datasets.svelte';
import { ownDomains } from '../../../src/lib/state/own-domain';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import type { LabStore } from '../../../src/lib/store';
import { tinyPack } from '../../support/tiny-domain';
import { freshStores } from '../store/fresh-store';

const open = freshStores();
const source = { name: 'Made up', licence: 'CC0-1.0', attribution: 'Nobody' };

function pearl(...texts: readonly string[]): File {
  const lines = texts.map((text, i) =>
    JSON.stringify({ data_id: i, dialogue: [`Seeker: ${text}`, 'Recommender: Take Saw (2004).'] }),
  );
  return new File(
    [`${[lines[0], '{"dialogue": 3}', ...lines.slice(1)].join('\n')}\n`],
    'pearl.jsonl',
  );
}

function datasetsOf(store: LabStore): Datasets {
  const catalogue = createCatalogue(tinyPack);
  return new Datasets({
    store: () => store,
    catalogue: () => catalogue,
    changed: () => Promise.resolve(),
  });
}

describe('Datasets', () => {
  it('looks first, then takes in the good ones and keeps their licence', async () => {
    const store = await open();
    const datasets = datasetsOf(store);
    await datasets.look(pearl('Hello', 'Hi'));
    expect(datasets.error).toBeNull();
    expect(datasets.step).toBe('preview');
    expect(datasets.preview).toMatchObject({ good: 2, bad: 1, isOwn: false });
    expect(datasets.preview?.problems).toMatchObject([{ line: 2 }]);
    expect(datasets.preview?.samples[0]?.turns[1]?.titles).toEqual(['Saw (2004)']);
    expect((await store.listDialogues()).dialogues).toEqual([]);

    await datasets.take(source);
    expect(datasets.imported).toMatchObject({ added: 2, same: 0, bad: 1 });
    expect(datasets.list).toMatchObject([{ ...source, dialogues: 2, domain: 'tiny' }]);
    const [held] = (await store.listDialogues()).dialogues;
    expect(held?.profile.source).toMatchObject({ licence: 'CC0-1.0', split: 'imported' });
    expect(held?.outcome?.status).toBe('imported');

    await datasets.look(pearl('Hello', 'Hi'));
    await datasets.take(source);
    expect(datasets.imported).toMatchObject({ added: 0, same: 2 });
  });

  it('takes nothing when that is chosen, and tells a file that it does not know', async () => {
    const store = await open();
    const datasets = datasetsOf(store);
    await datasets.look(pearl('Hello'));
    datasets.leave();
    expect(datasets.step).toBe('idle');
    expect((await store.listDialogues()).dialogues).toEqual([]);
    await datasets.look(new File(['hello world'], 'notes.txt'));
    expect(datasets.error?.code).toBe('bad-input');
    expect(datasets.step).toBe('idle');
  });

  it('gives a dataset out with its licence, and deletes it whole', async () => {
    const store = await open();
    const datasets = datasetsOf(store);
    await datasets.look(pearl('Hello'));
    await datasets.take(source);
    const [dataset] = datasets.list;
    const csv = await datasets.give(dataset?.id ?? '', 'csv', 'both');
    expect(await csv?.text()).toContain('CC0-1.0');
    const jsonl = await datasets.give(null, 'jsonl', 'both');
    await datasets.remove(dataset?.id ?? '');
    expect(datasets.list).toEqual([]);
    expect((await store.listDialogues()).dialogues).toEqual([]);
    await datasets.look(new File([jsonl ?? ''], 'own.jsonl'));
    expect(datasets.preview).toMatchObject({ good: 1, bad: 0, isOwn: true });
    await datasets.take(source);
    expect((await store.listDialogues()).dialogues).toHaveLength(1);
    expect(datasets.list).toEqual([]);
  });
});

describe('Catalogues', () => {
  const table = new File(
    [
      'title,genre,designer,year\n',
      ...Array.from(
        { length: 40 },
        (_, i) =>
          `Game of Hill ${String(i)},${i % 2 === 0 ? 'cooperative; dice' : 'cards'},${['Ann Lee', 'Bo Day'][i % 2] ?? ''},${String(1990 + (i % 20))}\n`,
      ),
      ',cards,Ann Lee,1999\n',
    ],
    'games.csv',
  );

  it('are mapped, tried, kept and then a domain', async () => {
    const store = await open();
    const changed = vi.fn(() => Promise.resolve());
    const catalogues = new Catalogues({ store: () => store, changed });
    await catalogues.look(table);
    expect(catalogues.error).toBeNull();
    expect(catalogues.mapping.map(({ use }) => use)).toEqual([
      'title',
      'attribute',
      'attribute',
      'year',
    ]);
    catalogues.describe({
      name: 'Games',
      licence: 'CC0-1.0',
      attribution: 'Nobody',
      items: 'games',
    });
    catalogues.make();
    expect(catalogues.missing).toBeNull();
    expect(catalogues.built?.items).toBe(40);
    expect(catalogues.problems).toMatchObject([{ line: 42 }]);
    expect(catalogues.tryLink('Is Game of Hill 7 cooperative?').items).toEqual([
      'Game of Hill 7 (1997)',
    ]);
    await catalogues.keep(false);
    expect(catalogues.step).toBe('kept');
    expect(changed).toHaveBeenCalledOnce();

    const [entry] = await ownDomains(store);
    expect(entry?.name).toBe('Games');
    const domain = await entry?.open?.();
    expect(domain?.catalogue.items).toHaveLength(40);
    expect(domain?.shown.length).toBeGreaterThan(0);

    await catalogues.remove(entry?.id ?? '');
    await expect(entry?.open?.()).rejects.toMatchObject({ code: 'catalogue-invalid' });
  });
});
