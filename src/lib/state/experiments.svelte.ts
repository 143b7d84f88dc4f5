import { toErrorData, type ErrorData } from '../contracts/errors';
import type { Experiment, ExperimentSystem } from '../contracts/experiment';
import type { Profile } from '../contracts/profile';
import { readExperiment } from '../dialogue/experiment-read';
import type { LabStore } from '../store/index';
import type { EngineWish } from './choices';
import { measuredPaces, modelsOf, secondsOfRun, type Paces } from './experiment-pace';
import { forPage, pagePresets, planForPage, type PagePlan } from './experiment-runs';
import type { ModelEntry } from './models';

export interface PlannerDeps {
  /** All profiles of a domain. Errors: `catalogue-invalid` for an unknown one. */
  profiles: (domain: string) => Promise<readonly Profile[]>;
  models: () => readonly ModelEntry[];
  store: () => Pick<LabStore, 'findDialogues' | 'getDialogue'>;
}

const nothing: Paces = { user: new Map(), recommender: new Map() };

/** The experiment that is being put together, its plan here, and how long it will take. */
export class ExperimentPlanner {
  /** What was opened: a preset or a file, as it was. */
  origin = $state.raw<Experiment>(forPage(firstPreset()));
  /** The same with the visitor's changes. */
  experiment = $state.raw<Experiment>(forPage(firstPreset()));
  engine = $state<EngineWish>('auto');
  planned = $state.raw<PagePlan | null>(null);
  error = $state.raw<ErrorData | null>(null);
  readonly #deps: PlannerDeps;
  #paces = $state.raw<Paces>(nothing);
  #asked = 0;

  constructor(deps: PlannerDeps) {
    this.#deps = deps;
  }

  get plan() {
    return this.planned?.ok ? this.planned.plan : null;
  }

  /** Seconds of each run, in the plan's order; `null` where nothing like it was measured in this browser. */
  readonly seconds = $derived<readonly (number | null)[]>(
    (this.planned?.ok ? this.planned.plan.runs : []).map((run) => secondsOfRun(run, this.#paces)),
  );

  /** Of all runs; `null` while one is unknown. */
  readonly allSeconds = $derived<number | null>(
    this.seconds.includes(null)
      ? null
      : this.seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  );

  async choose(id: string): Promise<void> {
    const found = pagePresets.find((one) => one.id === id);
    if (found) await this.#open(forPage(found));
  }

  /** Opens an experiment's file. What is wrong with it is told, and the one on show stays. */
  async openFile(text: string): Promise<void> {
    this.error = null;
    try {
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        json = null;
      }
      await this.#open(readExperiment(json));
    } catch (reason) {
      this.error = toErrorData(reason);
    }
  }

  async change(changed: Partial<Pick<Experiment, 'dialogues' | 'seeds'>>): Promise<void> {
    this.experiment = { ...this.experiment, ...changed };
    await this.refresh();
  }

  /** Takes a system in or out; tables keep to those that are in. */
  async toggle(id: string): Promise<void> {
    const has = this.experiment.systems.some((system) => system.id === id);
    const systems: readonly ExperimentSystem[] = this.origin.systems.filter((system) =>
      system.id === id ? !has : this.experiment.systems.some((one) => one.id === system.id),
    );
    const ids = systems.map((system) => system.id);
    const tables = this.origin.tables
      .map((table) => ({ ...table, systems: table.systems.filter((one) => ids.includes(one)) }))
      .filter((table) => table.systems.length > 0);
    this.experiment = { ...this.experiment, systems, tables };
    await this.refresh();
  }

  /** Plans anew: the models or profiles may be others. */
  async refresh(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.error = null;
    try {
      const { experiment } = this;
      const profiles = await this.#deps.profiles(experiment.domain);
      const planned = planForPage(experiment, profiles, this.#deps.models());
      const runs = planned.ok ? planned.plan.runs : [];
      const paces = await measuredPaces(this.#deps.store(), modelsOf(runs));
      // Another change was faster.
      if (asked !== this.#asked) return;
      this.planned = planned;
      this.#paces = paces;
    } catch (reason) {
      if (asked === this.#asked) this.error = toErrorData(reason);
    }
  }

  async #open(experiment: Experiment): Promise<void> {
    this.origin = experiment;
    this.experiment = experiment;
    this.planned = null;
    await this.refresh();
  }
}

function firstPreset(): Experiment {
  const [first] = pagePresets;
  if (first === undefined) throw new RangeError('There is no preset.');
  return first;
}
