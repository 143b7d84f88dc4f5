import type { DatasetInfo } from '../contracts/dataset';
import type { Dialogue } from '../contracts/dialogue';
import { LabError, toErrorData, type ErrorData } from '../contracts/errors';
import { deriveId } from '../domain/random';
import type { Catalogue } from '../domain/catalogue';
import { guessFormat } from '../store/formats/guess';
import { contentRecord, readFile } from '../store/formats/read';
import { formatIds, formats, type Format, type FormatId } from '../store/formats/registry';
import type { ImportContext } from '../store/formats/to-dialogue';
import { sourceFields, type RoleMask } from '../store/formats/write-context';
import { writeFile } from '../store/formats/write';
import { askToPersist, type LabStore } from '../store/index';
import type { ImportedView, PreviewView, ProblemView, SourceView } from '../ui/datasets/view';
import { createBreath } from './breathe';
import { heldDialogues } from './held-dialogues';
import { sampleView } from './views/samples';

/** Most bad records that are listed; the others are counted. */
const listed = 1000;
const mostSamples = 3;
const startLength = 64 * 1024;

/** The formats that are read and written, in the order in which they are offered. */
export const formatList: readonly Format[] = formatIds.map((id) => formats[id]);

/** A format by its id; our own where there is none of that id. */
export function formatOf(id: string): Format {
  return formatList.find((format) => format.id === id) ?? formats.jsonl;
}

export type ImportStep = 'idle' | 'reading' | 'preview' | 'importing' | 'done';

/** What the page needs of the lab. */
export interface DatasetsHost {
  store: () => LabStore;
  catalogue: () => Catalogue | null;
  /** After dialogues came or went. */
  changed: () => Promise<void>;
}

/** Dialogues from and to files: a look at a file, taking it in, giving dialogues out. */
export class Datasets {
  list = $state.raw<readonly DatasetInfo[]>([]);
  step = $state<ImportStep>('idle');
  preview = $state.raw<PreviewView | null>(null);
  imported = $state.raw<ImportedView | null>(null);
  /** Records read so far. */
  done = $state(0);
  error = $state.raw<ErrorData | null>(null);
  #file: File | null = null;
  #stop: AbortController | null = null;

  constructor(readonly host: DatasetsHost) {}

  async refresh(): Promise<void> {
    await this.#attempt(async () => {
      this.list = await this.host.store().listDatasets();
    });
  }

  /** Looks at a file; the format is guessed unless it is given. */
  async look(file: File, format?: FormatId): Promise<void> {
    this.#file = file;
    this.imported = null;
    await this.#work('reading', async (signal) => {
      const start = await file.slice(0, startLength).text();
      const guessed = format ?? guessFormat(file.name, start);
      if (guessed === null) {
        throw new LabError(
          'bad-input',
          'This file is like none of the formats that are read here. Choose its format from the list, and look again.',
          file.name,
        );
      }
      this.preview = await this.#read(file, formats[guessed], signal);
      this.step = 'preview';
    });
  }

  /** Looks at the same file as another format. */
  async lookAs(format: FormatId): Promise<void> {
    if (this.#file) await this.look(this.#file, format);
  }

  /** Takes in the good dialogues of the file that was looked at. */
  async take(source: SourceView): Promise<void> {
    const [file, preview] = [this.#file, this.preview];
    if (!file || !preview) return;
    const taken = file;
    await this.#work('importing', async (signal) => {
      const format = formatOf(preview.format.id);
      const context = this.#context(file, format, source);
      const store = this.host.store();
      const problems: ProblemView[] = [];
      const lineOf = new Map<string, number>();
      const titles = { marked: 0, linked: 0 };
      const breathe = createBreath();
      const count = () => (this.done += 1);
      async function* dialogues(): AsyncGenerator<Dialogue> {
        for await (const found of readFile(taken, format.id)) {
          signal.throwIfAborted();
          const record = contentRecord(found, context);
          count();
          if (record.ok) {
            titles.marked += record.value.titles.marked;
            titles.linked += record.value.titles.linked;
            lineOf.set(record.value.dialogue.id, record.line);
            yield record.value.dialogue;
          } else problems.push({ line: record.line, reason: record.reason });
          await breathe();
        }
      }
      const { added, same, different } = await store.importDialogues(dialogues());
      for (const id of different) {
        const reason = `Another dialogue with the id "${id}" is held already.`;
        problems.push({ line: lineOf.get(id) ?? 0, reason });
      }
      if (!preview.isOwn) {
        await store.saveDataset(
          this.#info(file, context, format, added.length + same.length, titles),
        );
      }
      await askToPersist();
      this.imported = {
        added: added.length,
        same: same.length,
        bad: problems.length,
        problems: problems.sort((a, b) => a.line - b.line).slice(0, listed),
      };
      this.step = 'done';
      this.preview = null;
      await this.host.changed();
      await this.refresh();
    });
  }

  /** Forgets the file that was looked at: nothing was taken in. */
  leave(): void {
    this.#stop?.abort();
    this.#file = null;
    this.preview = null;
    this.imported = null;
    this.error = null;
    this.step = 'idle';
  }

  /** Deletes a dataset with its dialogues. */
  async remove(id: string): Promise<void> {
    await this.#attempt(async () => {
      const store = this.host.store();
      await store.deleteRun(id);
      await store.deleteDataset(id);
      await this.host.changed();
      await this.refresh();
    });
  }

  /** The held dialogues of a run or dataset, or all, as a file. */
  async give(runId: string | null, format: FormatId, mask: RoleMask): Promise<Blob | null> {
    const pieces: BlobPart[] = [];
    const breathe = createBreath();
    const written = await this.#attempt(async () => {
      const catalogue = this.host.catalogue();
      const dialogues = heldDialogues(this.host.store(), runId);
      const context = {
        label: (item: string) => catalogue?.byId(item)?.label ?? item,
        source: sourceFields,
        mask,
      };
      for await (const piece of writeFile(dialogues, format, context)) {
        pieces.push(piece as Uint8Array<ArrayBuffer>);
        await breathe();
      }
    });
    return written ? new Blob(pieces, { type: formats[format].type }) : null;
  }

  async #read(file: File, format: Format, signal: AbortSignal): Promise<PreviewView> {
    const context = this.#context(file, format, { name: file.name, licence: '', attribution: '' });
    const problems: ProblemView[] = [];
    const samples: PreviewView['samples'][number][] = [];
    const titles = { marked: 0, linked: 0 };
    const breathe = createBreath();
    let good = 0;
    let bad = 0;
    const note = (line: number, reason: string) => {
      bad += 1;
      if (problems.length < listed) problems.push({ line, reason });
    };
    for await (const found of readFile(file, format.id)) {
      signal.throwIfAborted();
      this.done += 1;
      // Linking takes its time: only the samples are linked here, the others when they are taken in.
      const record =
        !found.ok || samples.length < mostSamples ? contentRecord(found, context) : found;
      if (!record.ok) note(record.line, record.reason);
      else {
        good += 1;
        if ('dialogue' in record.value && samples.length < mostSamples) {
          samples.push(sampleView(record.value.dialogue, context.catalogue));
          titles.marked += record.value.titles.marked;
          titles.linked += record.value.titles.linked;
        }
      }
      await breathe();
    }
    const { id, name, lacks, hasMask } = format;
    return {
      fileName: file.name,
      bytes: file.size,
      format: { id, name, lacks, hasMask },
      isOwn: format.lacks.length === 0,
      good,
      bad,
      problems,
      samples,
      titles,
    };
  }

  #context(file: File, format: Format, source: SourceView): ImportContext {
    const catalogue = this.host.catalogue();
    if (!catalogue)
      throw new LabError('catalogue-invalid', 'No catalogue is open. Reload the page.');
    const name = source.name.trim() || file.name;
    const id = deriveId('dataset', name, format.id, catalogue.pack.id, file.name);
    const held = this.list.find((dataset) => dataset.id === id);
    return {
      id,
      name,
      licence: source.licence.trim(),
      attribution: source.attribution.trim(),
      catalogue,
      now: held?.importedAt ?? Date.now(),
      actionLines: ['csv', 'chatml', 'sharegpt', 'parquet'].includes(format.id),
    };
  }

  #info(
    file: File,
    context: ImportContext,
    format: Format,
    dialogues: number,
    titles: DatasetInfo['titles'],
  ): DatasetInfo {
    const { id, name, licence, attribution, catalogue, now } = context;
    return {
      schemaVersion: 1,
      id,
      name,
      format: format.id,
      domain: catalogue.pack.id,
      licence,
      attribution,
      fileName: file.name,
      dialogues,
      titles,
      importedAt: now,
    };
  }

  /** Long work of which there is one at a time; leaving it is no error. */
  async #work(step: ImportStep, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    const before = this.preview ? 'preview' : 'idle';
    this.step = step;
    this.done = 0;
    this.error = null;
    try {
      await work(stop.signal);
    } catch (reason) {
      if (stop.signal.aborted) return;
      this.error = toErrorData(reason);
      this.step = before;
    }
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    this.error = null;
    try {
      await work();
      return true;
    } catch (reason) {
      this.error = toErrorData(reason);
      return false;
    }
  }
}
