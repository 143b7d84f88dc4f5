import type { Experiment, ExperimentSetting, ExperimentTable } from '../../contracts/experiment';
import type { Evaluation, MetricResult, SystemReport } from '../../metrics';
import type { BarChart } from '../charts/spec';
import { number, words, type Cell, type ReportDocument, type ReportTable } from '../document';
import { formatNumber, formatP, formatResult } from '../format';

/** One run of an experiment as it was held. */
export interface HeldRun {
  system: string;
  setting: string;
  seed: number;
  /** `null` where it failed before its first dialogue. */
  runId: string | null;
  dialogues: number;
  /** Seconds a dialogue took, of those held now; `null` where all had been held before. */
  secondsEach: number | null;
  /** The command that repeats it. */
  command: string;
  /** What went wrong. */
  problem: string | null;
}

export interface ExperimentReportInput {
  experiment: Experiment;
  runs: readonly HeldRun[];
  leftOut: readonly { title: string; reason: string }[];
  short: readonly { title: string; profiles: number }[];
  /** Of everything (`null`), or of each setting apart. */
  evaluations: readonly { setting: string | null; evaluation: Evaluation }[];
  command: string;
}

/** A system under a setting, with its report where there is one. */
interface Row {
  system: string;
  title: string;
  setting: ExperimentSetting;
  report: SystemReport | null;
  evaluation: Evaluation | null;
}

function rowsOf(table: ExperimentTable, input: ExperimentReportInput): Row[] {
  const { experiment, runs, evaluations } = input;
  return table.systems.flatMap((id) =>
    experiment.settings.map((setting): Row => {
      const runIds = runs
        .filter((run) => run.system === id && run.setting === setting.id)
        .flatMap(({ runId }) => runId ?? []);
      const evaluation =
        evaluations.find((one) => one.setting === null || one.setting === setting.id)?.evaluation ??
        null;
      return {
        system: id,
        title: experiment.systems.find((system) => system.id === id)?.title ?? id,
        setting,
        report:
          evaluation?.systems.find((one) => one.runIds.some((run) => runIds.includes(run))) ?? null,
        evaluation,
      };
    }),
  );
}

const several = ({ settings }: Experiment) => settings.length > 1;

/** As a row is named where both may differ. */
function labelOf({ title, setting }: Row, table: ExperimentTable, experiment: Experiment): string {
  if (!several(experiment)) return title;
  return table.systems.length === 1 ? setting.title : `${title}, ${setting.title}`;
}

function infoOf(id: string, rows: readonly Row[]): MetricResult | null {
  for (const { report } of rows) {
    const found = report?.results.find((result) => result.id === id);
    if (found) return found;
  }
  return null;
}

/** Systems down, metrics across: the question's answer. Metrics that nothing measured are named below it. */
function valuesTable(table: ExperimentTable, input: ExperimentReportInput): ReportTable {
  const rows = rowsOf(table, input);
  const held = rows.filter(({ report }) => report !== null);
  const ids = table.metrics.filter((id) => infoOf(id, held) !== null);
  const absent = table.metrics.filter((id) => !ids.includes(id));
  return {
    id: `${input.experiment.id}-${table.id}`,
    title: table.title,
    notes: [
      '95 % bootstrap intervals over dialogues.',
      ...(absent.length === 0 ? [] : [`Not measured here: ${absent.join(', ')}.`]),
      ...held.flatMap((row) => {
        const why = (row.report?.disqualified ?? []).map(({ reason }) => reason);
        const label = labelOf(row, table, input.experiment);
        return why.length === 0 ? [] : [`${label} may not rank: ${why.join('; ')}.`];
      }),
    ],
    columns: [
      { label: several(input.experiment) ? 'System, setting' : 'System', numeric: false },
      { label: 'N', numeric: true },
      ...ids.map((id) => ({ label: infoOf(id, held)?.name ?? id, numeric: true })),
    ],
    rows: held.map((row): Cell[] => [
      words(labelOf(row, table, input.experiment)),
      number(row.report?.dialogues ?? 0, String(row.report?.dialogues ?? 0)),
      ...ids.map((id): Cell => {
        const result = row.report?.results.find((one) => one.id === id);
        if (result === undefined) return { text: '', value: null };
        return { text: formatResult(result), value: result.value, interval: result.interval };
      }),
    ]),
  };
}

/** Every other row against the first one, over the same profiles and seeds. */
function differencesTable(
  table: ExperimentTable,
  input: ExperimentReportInput,
): ReportTable | null {
  const rows = rowsOf(table, input).filter(({ report }) => report !== null);
  const [first, ...others] = rows;
  const cells = others.flatMap((row) =>
    (row.evaluation?.comparisons ?? [])
      .filter(
        ({ metric, a, b }) =>
          table.metrics.includes(metric) &&
          row.evaluation === first?.evaluation &&
          [a, b].includes(row.report?.name ?? '') &&
          [a, b].includes(first.report?.name ?? ''),
      )
      .map((one): Cell[] => {
        // Row less first, whichever way it was compared.
        const sign = one.a === row.report?.name ? 1 : -1;
        const unit = infoOf(one.metric, rows)?.unit ?? 'score';
        const difference = one.difference === null ? null : sign * one.difference;
        const ends = one.interval?.map((end) => sign * end).sort((a, b) => a - b);
        const [low, high] = ends ?? [];
        const interval = low === undefined || high === undefined ? null : ([low, high] as const);
        const range =
          interval === null
            ? ''
            : ` [${interval.map((end) => formatNumber(end, unit).replace(' %', '')).join(', ')}]`;
        return [
          words(labelOf(row, table, input.experiment)),
          words(infoOf(one.metric, rows)?.name ?? one.metric),
          {
            text: difference === null ? 'unknown' : `${formatNumber(difference, unit)}${range}`,
            value: difference,
            interval,
          },
          number(one.pairs, String(one.pairs)),
          number(one.pHolm, formatP(one.pHolm)),
        ];
      }),
  );
  if (first === undefined || cells.length === 0) return null;
  return {
    id: `${input.experiment.id}-${table.id}-differences`,
    title: `Less ${labelOf(first, table, input.experiment)}`,
    notes: [
      "Paired over profiles and seeds; permutation test, p corrected by Holm's method over all comparisons of the metric.",
    ],
    columns: [
      { label: 'System', numeric: false },
      { label: 'Metric', numeric: false },
      { label: 'Difference', numeric: true },
      { label: 'Pairs', numeric: true },
      { label: 'p, Holm', numeric: true },
    ],
    rows: cells,
  };
}

/** The table's shares as bars: of a sweep the settings side by side, else the systems. */
function barsOf(table: ExperimentTable, input: ExperimentReportInput): BarChart | null {
  const rows = rowsOf(table, input).filter(({ report }) => report !== null);
  const ids = table.metrics.filter((id) => infoOf(id, rows)?.unit === 'share').slice(0, 4);
  if (rows.length === 0 || ids.length === 0) return null;
  return {
    kind: 'bars',
    id: `${input.experiment.id}-${table.id}`,
    title: `${table.title}, 95 % intervals`,
    unit: 'share',
    groups: rows.map((row) => ({
      label: labelOf(row, table, input.experiment),
      bars: ids.map((id) => {
        const result = row.report?.results.find((one) => one.id === id);
        return {
          label: result?.name ?? id,
          value: result?.value ?? null,
          interval: result?.interval ?? null,
        };
      }),
    })),
  };
}

function runsTable({ experiment, runs }: ExperimentReportInput): ReportTable {
  return {
    id: `${experiment.id}-runs`,
    title: 'Runs',
    notes: [],
    columns: [
      { label: 'System', numeric: false },
      { label: 'Setting', numeric: false },
      { label: 'Seed', numeric: true },
      { label: 'Dialogues', numeric: true },
      { label: 'Seconds each', numeric: true },
      { label: 'Problem', numeric: false },
      { label: 'Command', numeric: false },
    ],
    rows: runs.map((run): Cell[] => [
      words(experiment.systems.find(({ id }) => id === run.system)?.title ?? run.system),
      words(experiment.settings.find(({ id }) => id === run.setting)?.title ?? run.setting),
      number(run.seed, String(run.seed)),
      number(run.dialogues, String(run.dialogues)),
      number(run.secondsEach, run.secondsEach === null ? '' : run.secondsEach.toFixed(2)),
      words(run.problem ?? ''),
      words(run.command),
    ]),
  };
}

/** The report of an experiment: its questions with their tables, what was left out, and how it is repeated. */
export function experimentReport(input: ExperimentReportInput): ReportDocument {
  const { experiment, leftOut, short, command } = input;
  const sections = experiment.tables.map((table) => {
    const values = valuesTable(table, input);
    const differences = differencesTable(table, input);
    const chart = barsOf(table, input);
    return {
      id: table.id,
      title: table.title,
      text:
        values.rows.length === 0
          ? [table.question, 'None of its systems could be run; see below.']
          : [table.question],
      tables: values.rows.length === 0 ? [] : [values, ...(differences ? [differences] : [])],
      charts: chart === null ? [] : [chart],
    };
  });
  const missing = [
    ...leftOut.map(({ title, reason }) => `${title}: ${reason}`),
    ...short.map(
      ({ title, profiles }) =>
        `${title}: ${String(profiles)} profiles, ${String(experiment.dialogues)} were asked for.`,
    ),
    ...input.runs.flatMap((run) =>
      run.problem === null ? [] : [`${run.system}, ${run.setting}: ${run.problem}`],
    ),
  ];
  return {
    title: experiment.title,
    sections: [
      {
        id: 'about',
        title: 'What is asked',
        text: [
          experiment.about,
          `${String(experiment.dialogues)} dialogues of each system${several(experiment) ? ', setting' : ''} and seed ` +
            `(${experiment.seeds.join(', ')}), with the same profiles. Made again by: ${command}`,
        ],
        tables: [],
        charts: [],
      },
      ...sections,
      {
        id: 'left-out',
        title: 'Left out',
        text: missing.length === 0 ? ['Nothing.'] : missing,
        tables: [],
        charts: [],
      },
      { id: 'runs', title: 'Runs', text: [], tables: [runsTable(input)], charts: [] },
    ],
  };
}
