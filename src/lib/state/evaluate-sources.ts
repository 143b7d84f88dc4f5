import type { DatasetInfo } from '../contracts/dataset';
import type { Run } from '../contracts/run';
import { streamChunks } from '../engine/files/source';
import type { LineFile, SingleTurn } from '../metrics/index';
import { exportDialogues, writeDialogue, type DialogueFilter, type LabStore } from '../store/index';

/** Where dialogues, or single turns, of an evaluation come from. All are read as the lines of a JSONL file. */
export interface EvaluationSource {
  /** The same for the same source, so that none is taken twice. */
  id: string;
  kind: 'run' | 'dataset' | 'kept' | 'file' | 'turns';
  label: string;
  /** How many records it is known to have; `null` until it is read. */
  count: number | null;
  file: LineFile;
}

export type SourceStore = Pick<
  LabStore,
  'listDialogues' | 'getDialogue' | 'findDialogues' | 'listRuns' | 'listDatasets' | 'countRun'
>;

const encoder = new TextEncoder();

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield encoder.encode(line);
}

/** A name that every file system takes. */
export function fileName(label: string): string {
  const plain = label.replace(/[^\w.@+-]+/g, '-').replace(/^[-.]+|-+$/g, '');
  return `${plain === '' ? 'dialogues' : plain.slice(0, 80)}.jsonl`;
}

/** A stored run's dialogues, byte for byte as the page exports them. */
export async function runSource(store: SourceStore, run: Run): Promise<EvaluationSource> {
  const { user, recommender } = run.models;
  const settings = `K ${String(run.config.candidates ?? 'all')}, seed ${String(run.seed)}`;
  return {
    id: `run ${run.id}`,
    kind: 'run',
    label: `${user.id} + ${recommender.id} (${settings})`,
    count: await countOf(store, run.id),
    file: ofRun(store, run.id, fileName(run.id)),
  };
}

/** A dataset that was taken in. */
export function datasetSource(store: SourceStore, dataset: DatasetInfo): EvaluationSource {
  const { id, name, dialogues } = dataset;
  return {
    id: `dataset ${id}`,
    kind: 'dataset',
    label: name,
    count: dialogues,
    file: ofRun(store, id, fileName(name.replace(/\.\w+$/, ''))),
  };
}

function ofRun(store: SourceStore, runId: string, name: string): LineFile {
  return { name, open: () => encoded(exportDialogues(store, { runId })) };
}

async function countOf(store: SourceStore, runId: string): Promise<number> {
  const counts = await store.countRun(runId);
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The kept dialogues that a filter lets through, the oldest first. */
export async function keptSource(
  store: SourceStore,
  filter: DialogueFilter,
  label: string,
): Promise<EvaluationSource> {
  const ids = await store.findDialogues(filter, 'oldest');
  async function* lines(): AsyncGenerator<string> {
    for (const id of await store.findDialogues(filter, 'oldest')) {
      const dialogue = await store.getDialogue(id);
      // Deleted since it was found.
      if (dialogue) yield `${writeDialogue(dialogue)}\n`;
    }
  }
  return {
    id: `kept ${JSON.stringify(filter)}`,
    kind: 'kept',
    label,
    count: ids.length,
    file: { name: fileName(label), open: () => encoded(lines()) },
  };
}

/** A visitor's file, read where it lies. */
export function fileSource(file: File): EvaluationSource {
  return {
    id: `file ${file.name} ${String(file.size)} ${String(file.lastModified)}`,
    kind: 'file',
    label: file.name,
    count: null,
    file: { name: file.name, open: () => streamChunks(file.stream()) },
  };
}

/** Single turns that were made here, as the lines that the command reads. */
export function turnsSource(rows: readonly SingleTurn[], name: string): EvaluationSource {
  async function* lines(): AsyncGenerator<string> {
    for (const row of rows) {
      await Promise.resolve();
      yield `${JSON.stringify(row)}\n`;
    }
  }
  return {
    id: `turns ${name}`,
    kind: 'turns',
    label: name,
    count: rows.length,
    file: { name: fileName(name), open: () => encoded(lines()) },
  };
}

/** All of a source's bytes, to be saved. Errors: `bad-input` when it cannot be read. */
export async function bytesOf({ file }: EvaluationSource): Promise<Blob> {
  const pieces: BlobPart[] = [];
  for await (const piece of file.open()) pieces.push(piece as Uint8Array<ArrayBuffer>);
  return new Blob(pieces, { type: 'application/x-ndjson' });
}

/** The sources of some stored runs or datasets, and the ids that are not kept any more. */
export async function sourcesOfRuns(
  store: SourceStore,
  ids: readonly string[],
): Promise<{ found: readonly EvaluationSource[]; gone: readonly string[] }> {
  const [runs, datasets] = await Promise.all([store.listRuns(), store.listDatasets()]);
  const found: EvaluationSource[] = [];
  const gone: string[] = [];
  for (const id of new Set(ids)) {
    const run = runs.find((one) => one.id === id);
    const dataset = datasets.find((one) => one.id === id);
    if (run) found.push(await runSource(store, run));
    else if (dataset) found.push(datasetSource(store, dataset));
    else gone.push(id);
  }
  return { found, gone };
}
