import { isAbort, LabError, toErrorData, type ErrorData } from '../contracts/errors';
import type { Catalogue } from '../domain/catalogue';
import {
  domainOf,
  readPeopleFile,
  readRunFile,
  readSingleTurnFile,
  systemNames,
  withNames,
  type Evaluation,
  type EvaluationInput,
  type EvaluationProgress,
  type SourceFile,
  type SystemNames,
} from '../metrics/index';
import { buildReport, type Provenance, type ReportDocument } from '../report/index';
import { createBreath } from './breathe';
import { commandOf, defaultSettings, type EvaluationSettings } from './evaluate-command';
import type { EvaluationSource } from './evaluate-sources';

export { systemNames } from '../metrics/index';
export { defaultSettings, type EvaluationSettings } from './evaluate-command';

/** How an evaluation is computed: in a worker for a page. */
export type Evaluate = (
  input: EvaluationInput,
  options: Omit<EvaluationSettings, 'domain' | 'encoder'> & {
    /** Address of an encoder; without one its metrics are left out. */
    encoder?: string;
    onProgress?: (progress: EvaluationProgress) => void;
    signal?: AbortSignal;
  },
) => Promise<Evaluation>;

export interface EvaluatorDeps {
  evaluate: Evaluate;
  /** The catalogue of a domain; of `null`, the one that is open. Errors: `catalogue-invalid` for an unknown one. */
  catalogue: (domain: string | null) => Promise<Catalogue>;
  /** Address of the encoder that ships; `null` where none does. */
  encoder: string | null;
  /** Name and version of this program. */
  program: string;
}

/** What an evaluation was made of, and what came of it. */
export interface EvaluationResult {
  evaluation: Evaluation;
  files: readonly SourceFile[];
  /** As they were when it was computed. */
  settings: EvaluationSettings;
  sources: Parameters<typeof commandOf>[0];
  input: EvaluationInput;
}

/** The page that evaluates: what is chosen, the work on it, and the report of the last one that came to its end. */
export class Evaluator {
  sources = $state.raw<readonly EvaluationSource[]>([]);
  people = $state.raw<EvaluationSource | null>(null);
  singleTurns = $state.raw<EvaluationSource | null>(null);
  settings = $state.raw<EvaluationSettings>(defaultSettings);
  step = $state<'idle' | 'reading' | 'computing'>('idle');
  progress = $state.raw<EvaluationProgress | null>(null);
  /** What was wrong with the files that were read last, whether or not an evaluation came of it. */
  files = $state.raw<readonly SourceFile[]>([]);
  error = $state.raw<ErrorData | null>(null);
  names = $state.raw<SystemNames>({});
  result = $state.raw<EvaluationResult | null>(null);
  /** Whether something was chosen anew since. */
  stale = $state(false);
  readonly #deps: EvaluatorDeps;
  #stop: AbortController | null = null;

  constructor(deps: EvaluatorDeps) {
    this.#deps = deps;
  }

  /** The evaluation under the names that were given, or why they will not do. */
  readonly named = $derived.by((): { evaluation: Evaluation | null; problem: string | null } => {
    if (this.result === null) return { evaluation: null, problem: null };
    try {
      return { evaluation: withNames(this.result.evaluation, this.names), problem: null };
    } catch (reason) {
      return { evaluation: this.result.evaluation, problem: toErrorData(reason).message };
    }
  });

  readonly provenance = $derived.by((): Provenance | null => {
    if (this.result === null) return null;
    const { files, settings, sources, evaluation } = this.result;
    const known = systemNames(evaluation);
    const given = Object.entries(this.names).filter(
      ([name, own]) => known.includes(name) && own.trim() !== '' && own.trim() !== name,
    );
    const names = this.named.problem === null ? Object.fromEntries(given) : {};
    return { program: this.#deps.program, command: commandOf(sources, settings, names), files };
  });

  readonly report = $derived.by((): ReportDocument | null => {
    const { evaluation } = this.named;
    return evaluation && this.provenance && buildReport(evaluation, this.provenance);
  });

  get hasEncoder(): boolean {
    return this.#deps.encoder !== null;
  }

  get isBusy(): boolean {
    return this.step !== 'idle';
  }

  get isReady(): boolean {
    return !this.isBusy && (this.sources.length > 0 || this.singleTurns !== null);
  }

  /** Adds sources that are not there yet. */
  add(sources: readonly EvaluationSource[]): void {
    const there = new Set(this.sources.map(({ id }) => id));
    this.sources = [...this.sources, ...sources.filter(({ id }) => !there.has(id))];
    this.#changed();
  }

  /** Takes these in place of what was chosen; nothing changes where they are the same. */
  replace(sources: readonly EvaluationSource[]): void {
    const ids = (all: readonly EvaluationSource[]) => all.map(({ id }) => id).join(' ');
    if (ids(sources) === ids(this.sources)) return;
    this.sources = sources;
    this.#changed();
  }

  remove(id: string): void {
    this.sources = this.sources.filter((source) => source.id !== id);
    this.#changed();
  }

  setPeople(source: EvaluationSource | null): void {
    this.people = source;
    this.#changed();
  }

  setSingleTurns(source: EvaluationSource | null): void {
    this.singleTurns = source;
    this.#changed();
  }

  set(changed: Partial<EvaluationSettings>): void {
    this.settings = { ...this.settings, ...changed };
    this.#changed();
  }

  /** Calls a system otherwise; blank gives its own name back. No number changes. */
  rename(system: string, name: string): void {
    this.names = { ...this.names, [system]: name };
  }

  /**
   * Reads what is chosen and computes everything of it. A source that cannot be read is told of and hurts no other;
   * what fails leaves the last result on show.
   */
  async run(): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.error = null;
    this.files = [];
    this.progress = null;
    this.step = 'reading';
    this.stale = false;
    const sources = {
      runs: this.sources,
      people: this.people,
      singleTurns: this.singleTurns,
    };
    const settings = { ...this.settings, encoder: this.settings.encoder && this.hasEncoder };
    try {
      const input = await this.#read(sources, settings, stop.signal);
      this.step = 'computing';
      const { seed, theta, resamples, permutations, encoder } = settings;
      const evaluation = await this.#deps.evaluate(input, {
        ...{ seed, theta, resamples, permutations },
        ...(encoder && this.#deps.encoder !== null ? { encoder: this.#deps.encoder } : {}),
        onProgress: (progress) => {
          if (!stop.signal.aborted) this.progress = progress;
        },
        signal: stop.signal,
      });
      stop.signal.throwIfAborted();
      this.result = { evaluation, files: this.files, settings, sources, input };
    } catch (reason) {
      if (this.#stop !== stop) return;
      this.stale = this.result !== null;
      if (!isAbort(reason)) this.error = toErrorData(reason);
    } finally {
      if (this.#stop === stop) {
        this.step = 'idle';
        this.progress = null;
      }
    }
  }

  /** Ends the work under way; the last result stays. */
  cancel(): void {
    this.#stop?.abort(new DOMException('The evaluation was called off.', 'AbortError'));
  }

  async #read(
    { runs, people, singleTurns }: EvaluationResult['sources'],
    { domain }: EvaluationSettings,
    signal: AbortSignal,
  ): Promise<EvaluationInput> {
    const breath = createBreath();
    const breathe = () => {
      signal.throwIfAborted();
      return breath();
    };
    const tell = (file: SourceFile) => {
      this.files = [...this.files, file];
    };
    const dialogues: EvaluationInput['dialogues'][number][] = [];
    for (const source of runs) {
      const read = await readRunFile(source.file, breathe);
      tell(read.file);
      for (const dialogue of read.dialogues) dialogues.push(dialogue);
    }
    const own = domain ?? domainOf(dialogues, 'choose its catalogue under Settings.');
    const catalogue = await this.#deps.catalogue(own);
    const read = people && (await readPeopleFile(people.file, catalogue.pack.id, breathe));
    if (read) tell(read.file);
    const single = singleTurns && (await readSingleTurnFile(singleTurns.file, breathe));
    if (single) tell(single.file);
    if (dialogues.length === 0 && single === null) {
      throw new LabError(
        'bad-input',
        'There is no dialogue to evaluate in what is chosen. Hold some on the page Runs, or choose other files.',
      );
    }
    return {
      catalogue,
      dialogues,
      ...(read ? { people: { name: read.name, dialogues: read.dialogues } } : {}),
      singleTurns: single?.rows ?? [],
    };
  }

  #changed(): void {
    this.stale = this.result !== null;
  }
}
