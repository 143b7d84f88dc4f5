import type { DomainPack } from '../contracts/catalogue';
import type { DatasetInfo } from '../contracts/dataset';
import { LabError } from '../contracts/errors';
import { read, write, type Connection } from './transaction';

/** What the visitor took in from files: where datasets come from, and catalogues of their own. */
export interface DatasetRepository {
  /** Stores what is known of a dataset; one with a known id replaces it. */
  saveDataset(dataset: DatasetInfo): Promise<void>;
  /** All, the newest first. */
  listDatasets(): Promise<DatasetInfo[]>;
  /** Forgets what is known of it; its dialogues are a run's and stay. Deleting what is not there is no error. */
  deleteDataset(id: string): Promise<void>;
  /** Errors: `bad-input` when another catalogue has the id and is not to be replaced. */
  saveCatalogue(pack: DomainPack, replace?: boolean): Promise<void>;
  getCatalogue(id: string): Promise<DomainPack | null>;
  /** Ids and names, by name. */
  listCatalogues(): Promise<{ id: string; name: string }[]>;
  /** Deleting what is not there is no error. */
  deleteCatalogue(id: string): Promise<void>;
}

export function datasetRepository(connect: Connection): DatasetRepository {
  return {
    saveDataset: (dataset) =>
      write(connect, ['datasets'], async (transaction) => {
        await transaction.objectStore('datasets').put(dataset);
      }),
    listDatasets: () =>
      read(connect, ['datasets'], async (transaction) => {
        const all = await transaction.objectStore('datasets').getAll();
        return all.sort((a, b) => b.importedAt - a.importedAt);
      }),
    deleteDataset: (id) =>
      write(connect, ['datasets'], (transaction) => transaction.objectStore('datasets').delete(id)),
    saveCatalogue: (pack, replace = false) =>
      write(connect, ['catalogues', 'catalogueNames'], async (transaction) => {
        const names = transaction.objectStore('catalogueNames');
        if (!replace && (await names.getKey(pack.id)) !== undefined) throw taken(pack.id);
        await names.put({ id: pack.id, name: pack.name });
        await transaction.objectStore('catalogues').put(pack);
      }),
    getCatalogue: (id) =>
      read(
        connect,
        ['catalogues'],
        async (transaction) => (await transaction.objectStore('catalogues').get(id)) ?? null,
      ),
    listCatalogues: () =>
      read(connect, ['catalogueNames'], async (transaction) => {
        const all = await transaction.objectStore('catalogueNames').getAll();
        return all.sort((a, b) => a.name.localeCompare(b.name));
      }),
    deleteCatalogue: (id) =>
      write(connect, ['catalogues', 'catalogueNames'], async (transaction) => {
        await transaction.objectStore('catalogueNames').delete(id);
        await transaction.objectStore('catalogues').delete(id);
      }),
  };
}

function taken(id: string): LabError {
  return new LabError(
    'bad-input',
    `There is a catalogue with the id "${id}" already. Give this one another name, or delete that one first.`,
  );
}
