import type { DatasetInfo } from '../contracts/dataset';
import type { Run } from '../contracts/run';
import { toErrorData, type ErrorData } from '../contracts/errors';
import type { FilterKind, FilterValue, LabStore } from '../store/index';
import { runSource, type EvaluationSource } from './evaluate-sources';

/** By what kept dialogues are chosen for an evaluation. */
export const keptKinds = ['tag', 'status', 'model', 'act', 'violation', 'profileId'] as const;
export type KeptKind = (typeof keptKinds)[number] & FilterKind;

type AvailableStore = Pick<
  LabStore,
  | 'listRuns'
  | 'listDatasets'
  | 'filterValues'
  | 'countRun'
  | 'listDialogues'
  | 'getDialogue'
  | 'findDialogues'
>;

/** What the store holds that can be evaluated. */
export class Available {
  runs = $state.raw<readonly EvaluationSource[]>([]);
  datasets = $state.raw<readonly DatasetInfo[]>([]);
  values = $state.raw<Readonly<Partial<Record<KeptKind, readonly FilterValue[]>>>>({});
  error = $state.raw<ErrorData | null>(null);

  /** @param store why there is none is its error */
  constructor(readonly store: () => AvailableStore) {}

  async refresh(): Promise<void> {
    this.error = null;
    try {
      const store = this.store();
      const [runs, datasets] = await Promise.all([store.listRuns(), store.listDatasets()]);
      this.datasets = datasets;
      this.runs = (await Promise.all(runs.map((run: Run) => runSource(store, run)))).filter(
        ({ count }) => count !== 0,
      );
      const values = await Promise.all(keptKinds.map((kind) => store.filterValues(kind)));
      this.values = Object.fromEntries(keptKinds.map((kind, i) => [kind, values[i] ?? []]));
    } catch (reason) {
      this.error = toErrorData(reason);
    }
  }
}
