import type { DomainPack, DomainWords } from '../contracts/catalogue';
import { toErrorData, type ErrorData } from '../contracts/errors';
import { createCatalogue, type Catalogue } from '../domain/catalogue';
import { guessMapping, type ColumnMapping, type TableRow } from '../domain/column-mapping';
import { buildPack } from '../domain/import-pack';
import { parsePack } from '../domain/pack';
import { readCatalogueFile } from '../store/formats/catalogue-table';
import { askToPersist, type LabStore } from '../store/index';
import type { CatalogueView, DraftView, LinkView, ProblemView } from '../ui/datasets/view';
import { createBreath } from './breathe';
import { asOwnPack } from './own-domain';

const listed = 1000;
const samplesShown = 3;
const longestSample = 60;

export interface CataloguesHost {
  store: () => LabStore;
  /** After a catalogue came or went. */
  changed: () => Promise<void>;
}

/** The visitor's own catalogues: a file looked at, its columns mapped, linking tried, then kept. */
export class Catalogues {
  list = $state.raw<readonly { id: string; name: string }[]>([]);
  step = $state<'idle' | 'reading' | 'mapping' | 'ready' | 'kept'>('idle');
  fileName = $state('');
  mapping = $state.raw<readonly ColumnMapping[]>([]);
  draft = $state.raw<DraftView>(emptyDraft);
  /** First values of every column. */
  samples = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map());
  rows = $state(0);
  bad = $state(0);
  problems = $state.raw<readonly ProblemView[]>([]);
  built = $state.raw<CatalogueView | null>(null);
  /** What keeps the mapping from becoming a catalogue. */
  missing = $state<string | null>(null);
  error = $state.raw<ErrorData | null>(null);
  #rows: readonly TableRow[] = [];
  #fileProblems: readonly ProblemView[] = [];
  #pack: DomainPack | null = null;
  #catalogue: Catalogue | null = null;
  #stop: AbortController | null = null;

  constructor(readonly host: CataloguesHost) {}

  async refresh(): Promise<void> {
    await this.#attempt(async () => {
      this.list = await this.host.store().listCatalogues();
    });
  }

  /** Reads a file's rows, or a whole catalogue that this program wrote. */
  async look(file: File): Promise<void> {
    this.leave();
    const stop = new AbortController();
    this.#stop = stop;
    this.step = 'reading';
    this.fileName = file.name;
    const rows: TableRow[] = [];
    const problems: ProblemView[] = [];
    const breathe = createBreath();
    const isDone = await this.#attempt(async () => {
      for await (const found of readCatalogueFile(file)) {
        stop.signal.throwIfAborted();
        if (!found.ok) problems.push({ line: found.line, reason: found.reason });
        else if ('pack' in found.value) this.#use(asOwnPack(parsePack(found.value.pack)));
        else rows.push(found.value.row);
        await breathe();
      }
    });
    if (stop.signal.aborted) return;
    if (!isDone) {
      this.step = 'idle';
      return;
    }
    this.#fileProblems = problems;
    this.#tell(problems);
    if (this.#pack) {
      this.step = 'ready';
      return;
    }
    this.#rows = rows;
    this.rows = rows.length;
    const columns = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
    this.samples = new Map(columns.map((column) => [column, samplesOf(column, rows)]));
    this.mapping = guessMapping(columns, rows);
    this.draft = { ...emptyDraft, name: file.name.replace(/\.\w+$/, '') };
    this.step = 'mapping';
  }

  map(column: string, changed: Partial<ColumnMapping>): void {
    this.mapping = this.mapping.map((one) =>
      one.column === column ? { ...one, ...changed } : one,
    );
    this.#unmake();
  }

  describe(changed: Partial<DraftView>): void {
    this.draft = { ...this.draft, ...changed };
    this.#unmake();
  }

  /** Makes the catalogue of the mapping, to be tried. */
  make(): void {
    const { name, licence, attribution, ...words } = this.draft;
    const { pack, problem, problems } = buildPack(this.#rows, {
      name,
      licence: licence.trim(),
      attribution: attribution.trim(),
      language: 'en',
      words: words satisfies DomainWords,
      mapping: this.mapping,
    });
    this.#tell([...this.#fileProblems, ...problems]);
    this.missing = problem;
    if (!pack) return;
    this.#use(asOwnPack(pack));
    this.step = 'ready';
  }

  /** What a sentence is understood to speak of. */
  tryLink(sentence: string): LinkView {
    const catalogue = this.#catalogue;
    if (!catalogue || sentence.trim() === '') return { items: [], attributes: [] };
    return {
      items: catalogue.link(sentence).map(({ item }) => catalogue.byId(item)?.label ?? item),
      attributes: catalogue.findAttributes(sentence).map(({ type, value }) => {
        const label = catalogue.pack.attributeTypes.find(({ id }) => id === type)?.label ?? type;
        return `${label}: ${value}`;
      }),
    };
  }

  /** Keeps the catalogue; it can then be chosen as a domain. */
  async keep(replace: boolean): Promise<void> {
    const pack = this.#pack;
    if (!pack) return;
    await this.#attempt(async () => {
      await this.host.store().saveCatalogue(pack, replace);
      await askToPersist();
      this.step = 'kept';
      await this.host.changed();
    });
    await this.#list();
  }

  async remove(id: string): Promise<void> {
    await this.#attempt(async () => {
      await this.host.store().deleteCatalogue(id);
      await this.host.changed();
    });
    await this.#list();
  }

  leave(): void {
    this.#stop?.abort();
    this.#rows = [];
    this.#unmake();
    this.mapping = [];
    this.error = null;
    this.step = 'idle';
  }

  /** The list anew, an error of the work before it left to be read. */
  async #list(): Promise<void> {
    if (!this.error) await this.refresh();
  }

  #use(pack: DomainPack): void {
    this.#pack = pack;
    this.#catalogue = createCatalogue(pack);
    this.built = {
      name: pack.name,
      items: pack.items.length,
      licence: pack.licence,
      example: pack.items[0]?.label ?? '',
      types: pack.attributeTypes.map(({ id, label, kind }) => ({
        label,
        kind,
        values: new Set(pack.items.flatMap((item) => item.attributes[id] ?? [])).size,
      })),
    };
  }

  #unmake(): void {
    this.#pack = null;
    this.#catalogue = null;
    this.built = null;
    this.missing = null;
    if (this.step === 'ready') this.step = 'mapping';
  }

  #tell(problems: readonly ProblemView[]): void {
    this.bad = problems.length;
    this.problems = [...problems].sort((a, b) => a.line - b.line).slice(0, listed);
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    this.error = null;
    try {
      await work();
      return true;
    } catch (reason) {
      if (this.#stop?.signal.aborted !== true) this.error = toErrorData(reason);
      return false;
    }
  }
}

const emptyDraft: DraftView = {
  name: '',
  item: 'item',
  items: 'items',
  consume: 'try',
  consumed: 'tried',
  licence: '',
  attribution: '',
};

function samplesOf(column: string, rows: readonly TableRow[]): string[] {
  const values: string[] = [];
  for (const { cells } of rows) {
    const text = (cells.get(column) ?? []).join(' · ').trim();
    if (text !== '')
      values.push(text.length > longestSample ? `${text.slice(0, longestSample)}…` : text);
    if (values.length === samplesShown) break;
  }
  return values;
}
