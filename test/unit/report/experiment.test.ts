import { describe, expect, it } from 'vitest';
import { readExperiment } from '../../../src/lib/dialogue/experiment-read';
import type { Comparison, Evaluation, MetricResult, SystemReport } from '../../../src/lib/metrics';
import { experimentReport, toMarkdown, type HeldRun } from '../../../src/lib/report';

const result = (id: string, value: number): MetricResult =>
  ({
    id,
    name: id,
    unit: 'share',
    value,
    interval: [value - 0.1, value + 0.1],
    n: 5,
  }) as unknown as MetricResult;
const system = (name: string, runId: string, value: number, reasons: string[] = []): SystemReport =>
  ({
    name,
    runIds: [runId],
    dialogues: 5,
    results: [result('raw-success', value)],
    disqualified: reasons.map((reason) => ({ rule: 'r', reason, language: false })),
  }) as unknown as SystemReport;
const compared: Comparison = {
  metric: 'raw-success',
  a: 'A',
  b: 'B',
  difference: 0.3,
  interval: [0.1, 0.5],
  p: 0.01,
  pHolm: 0.02,
  effect: null,
  pairs: 5,
};
const evaluation = {
  systems: [
    system('B', 'run-b', 0.4, ['it was handed the hidden targets']),
    system('A', 'run-a', 0.7),
  ],
  comparisons: [compared],
} as unknown as Evaluation;
const experiment = readExperiment({
  id: 'e',
  title: 'An experiment',
  systems: [
    { id: 'b', title: 'System B', user: 'honest', recommender: 'oracle' },
    { id: 'a', title: 'System A', user: 'honest', recommender: 'content' },
    { id: 'c', title: 'System C', user: 'shipped', recommender: 'content' },
  ],
  tables: [
    { id: 't', title: 'Table', systems: ['b', 'a', 'c'], metrics: ['raw-success', 'match-score'] },
  ],
});
const run = (name: string, runId: string | null, problem: string | null = null): HeldRun => ({
  system: name,
  setting: 'usual',
  seed: 1,
  runId,
  dialogues: 5,
  secondsEach: 0.5,
  command: `npm run simulate -- ${name}`,
  problem,
});
const input = {
  experiment,
  runs: [run('b', 'run-b'), run('a', 'run-a', '1 of its dialogues failed')],
  leftOut: [{ title: 'System C', reason: 'It does not ship yet.' }],
  short: [{ title: 'usual', profiles: 5 }],
  evaluations: [{ setting: null, evaluation }],
  command: 'npm run experiment -- --file e.json',
};

describe('the report of an experiment', () => {
  const document = experimentReport(input);
  const table = (id: string) =>
    document.sections.flatMap(({ tables }) => tables).find((one) => one.id === id);

  it('has its systems in its own order, by their titles, and says which may not rank and what is missing', () => {
    const values = table('e-t');
    expect(values?.rows.map(([first]) => first?.text)).toEqual(['System B', 'System A']);
    expect(values?.rows[1]?.[2]).toMatchObject({ value: 0.7, text: '70.0 % [60.0, 80.0]' });
    expect(values?.notes.join(' ')).toContain('Not measured here: match-score.');
    expect(values?.notes.join(' ')).toContain('System B may not rank: it was handed');
  });

  it('gives every difference as the row less the first, whichever way it was compared', () => {
    const [row] = table('e-t-differences')?.rows ?? [];
    expect(row?.map(({ text }) => text)).toEqual([
      'System A',
      'raw-success',
      '30.0 % [10.0, 50.0]',
      '5',
      '0.020',
    ]);
    const turned = experimentReport({
      ...input,
      evaluations: [
        {
          setting: null,
          evaluation: {
            ...evaluation,
            comparisons: [
              { ...compared, a: 'B', b: 'A', difference: -0.3, interval: [-0.5, -0.1] as const },
            ],
          },
        },
      ],
    });
    const again = turned.sections
      .flatMap(({ tables }) => tables)
      .find(({ id }) => /differences/.test(id));
    expect(again?.rows[0]?.[2]).toMatchObject({ value: 0.3, interval: [0.1, 0.5] });
  });

  it('names what was left out, what failed and how it is repeated', () => {
    const text = toMarkdown(document);
    for (const words of [
      'System C: It does not ship yet.',
      '1 of its dialogues failed',
      '5 profiles, 100 were asked for',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain('npm run simulate -- b');
  });

  it('says so where nothing of a table could be run', () => {
    const none = experimentReport({ ...input, runs: [], evaluations: [] });
    expect(toMarkdown(none)).toContain('None of its systems could be run');
  });
});
