import type { LoadProgress, ModelManifest } from '../contracts/engine';
import { isAbort, LabError, toErrorData, type ErrorData } from '../contracts/errors';
import { createBrowserCache } from '../engine/files/cache';
import { pickedFolder } from '../engine/files/folder';
import { filesOf, keepFiles } from '../engine/files/keep';
import { loadManifest, type FileAccess } from '../engine/files/load';
import { createModelShelf, createShelfSource, type ModelShelf } from '../engine/files/shelf';
import { createFetchSource } from '../engine/files/source';
import { askToPersist, storageSpace, type StorageSpace } from '../store/index';
import { isPersisted } from '../store/space';
import { addModel, addressesOf, textOf, type KnownModel, type ModelOrigin } from './add-model';
import { addedEntry, listModels, type ModelEntry } from './models';
import { keptOf, leftovers, noFiles, removable, type KeptFiles } from './shelf-files';

/** A model, what its manifest says, and how much of it this browser holds. */
export interface ShelfRow {
  entry: ModelEntry;
  /** `null` when it cannot be read: `error` says why. */
  manifest: ModelManifest | null;
  error: ErrorData | null;
  kept: { bytes: number; total: number };
  /** False when the WebGPU library of an added model is not here. */
  hasLibrary: boolean;
}

/** The models of this site and those that the visitor added, and what the browser keeps of them. */
export class Shelf {
  models = $state.raw<readonly ModelEntry[]>([]);
  /** With their manifests; `null` until `inspect`. */
  rows = $state.raw<readonly ShelfRow[] | null>(null);
  /** Bytes of models in the browser's cache. */
  keptBytes = $state(0);
  rest = $state.raw<{ hashes: readonly string[]; bytes: number }>({ hashes: [], bytes: 0 });
  space = $state.raw<StorageSpace | null>(null);
  persisted = $state<boolean | null>(null);
  /** What is being fetched: a model's id, or "" for one that is being added. */
  work = $state.raw<{ id: string; progress: LoadProgress | null } | null>(null);
  error = $state.raw<ErrorData | null>(null);
  readonly #access: FileAccess = {
    source: createShelfSource(createFetchSource()),
    cache: createBrowserCache(),
  };
  readonly #shelf = createModelShelf();
  #site: readonly ModelEntry[] = [];
  #stop: AbortController | null = null;

  /** Lists the models. Errors: those of `listModels`; added ones that cannot be read are told by `error`. */
  async open(root: string): Promise<void> {
    this.#site = await listModels(root);
    this.models = this.#site;
    try {
      await this.#list();
    } catch (reason) {
      this.error = toErrorData(reason, 'storage-unavailable');
    }
  }

  /** Reads every manifest and what is kept. What fails is told by `error`. */
  async inspect(): Promise<void> {
    try {
      await this.#inspect();
    } catch (reason) {
      this.error = toErrorData(reason, 'storage-unavailable');
    }
  }

  async #inspect(): Promise<void> {
    const kept: KeptFiles = (await this.#shelf?.files()) ?? noFiles;
    this.keptBytes = [...kept.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.rows = await Promise.all(this.models.map((entry) => this.#row(entry, kept)));
    const manifests = this.rows.flatMap(({ manifest }) => manifest ?? []);
    // An unreadable manifest's files must not pass for nobody's.
    const whole = manifests.length === this.rows.length;
    this.rest = whole ? leftovers(manifests, kept) : { hashes: [], bytes: 0 };
    this.space = await storageSpace();
    this.persisted = await isPersisted();
  }

  /** Fetches all of a model now, for when there is no network. */
  download({ entry, manifest }: ShelfRow): Promise<void> {
    return this.#do(entry.id, async (onProgress, signal) => {
      if (!manifest) return;
      const { weights, library } = filesOf(this.#access, manifest, entry.location);
      await keepFiles(this.#access, [...weights, library], onProgress, signal);
      await askToPersist();
    });
  }

  /** Lets go of a model's files; an added model is gone then. */
  remove({ entry, manifest }: ShelfRow): Promise<void> {
    return this.#do(entry.id, async () => {
      const shelf = this.#kept();
      if (!manifest) return;
      const others = (this.rows ?? []).filter((row) => row.entry.id !== entry.id);
      const rest = others.flatMap((row) => row.manifest ?? []);
      await shelf.removeFiles(removable(manifest, rest, await shelf.files()));
      if (entry.added) await shelf.forget(manifest.hash);
      await this.#list();
    });
  }

  removeRest(): Promise<void> {
    return this.#do('', () => this.#kept().removeFiles(this.rest.hashes));
  }

  /** Adds the model of a picked folder. @param files by their path */
  addFolder(files: ReadonlyMap<string, Blob>): Promise<void> {
    return this.#add(() => {
      const { source, manifest, card } = pickedFolder(files);
      const { cache } = this.#access;
      return { access: { source, cache }, location: manifest, card };
    });
  }

  /** Adds the model of an address: of its manifest, or of its folder. @param allowed by the page's policy */
  addAddress(address: string, allowed: boolean): Promise<void> {
    return this.#add(() => {
      if (!allowed) {
        throw new LabError(
          'bad-config',
          'This page may connect to no other address. Start it with "npm start -- --allow-network", or add the model from a folder.',
        );
      }
      return { access: this.#access, ...addressesOf(address) };
    });
  }

  /** Asks the browser not to evict what is kept. */
  persist(): Promise<void> {
    return this.#do('', async () => {
      await askToPersist();
    });
  }

  /** A model's card as text; `null` when it has none. Failures are told by `error`. */
  async card({ card }: ModelEntry): Promise<string | null> {
    if (card === null) return null;
    try {
      return await textOf(this.#access, card);
    } catch (reason) {
      this.error = toErrorData(reason, 'model-missing');
      return null;
    }
  }

  cancel(): void {
    this.#stop?.abort();
  }

  #add(origin: () => ModelOrigin): Promise<void> {
    return this.#do('', async (onProgress, signal) => {
      const known = (this.rows ?? []).flatMap(({ entry, manifest }): KnownModel[] =>
        manifest ? [{ manifest, location: entry.location }] : [],
      );
      await addModel(origin(), known, this.#access, this.#kept(), onProgress, signal);
      await askToPersist();
      await this.#list();
    });
  }

  /** One thing at a time; what fails is told by `error`. */
  async #do(
    id: string,
    action: (onProgress: (progress: LoadProgress) => void, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (this.work) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.error = null;
    this.work = { id, progress: null };
    try {
      await action((progress) => {
        this.work = { id, progress };
      }, stop.signal);
    } catch (reason) {
      if (!isAbort(reason)) this.error = toErrorData(reason);
    } finally {
      this.work = null;
      await this.inspect();
    }
  }

  async #list(): Promise<void> {
    const added = (await this.#shelf?.added()) ?? [];
    this.models = [...this.#site, ...added.map(addedEntry)];
  }

  async #row(entry: ModelEntry, kept: KeptFiles): Promise<ShelfRow> {
    try {
      const manifest = await loadManifest(this.#access, entry.location);
      const hasLibrary = !entry.added || kept.has(manifest.library.sha256);
      return { entry, manifest, error: null, kept: keptOf(manifest, kept), hasLibrary };
    } catch (reason) {
      const error = toErrorData(reason, 'model-missing');
      return {
        entry,
        manifest: null,
        error,
        kept: { bytes: 0, total: entry.bytes },
        hasLibrary: true,
      };
    }
  }

  #kept(): ModelShelf {
    if (this.#shelf) return this.#shelf;
    throw new LabError(
      'storage-unavailable',
      'This browser keeps no files for this address. Open the page by https or at localhost.',
    );
  }
}
