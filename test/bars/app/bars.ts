import type { BadReport } from '../../unit/store/formats/bad-records';
import type { Bar } from '../runner/bars';
import { readJson, script } from '../runner/commands';
import { formatBars } from './format-bars';
import { pageBars } from './page-bars';
import { robustnessBars } from './robustness-bars';

const file = 'test/bars/app/bad-imports.ts';

const importsBar: Bar = {
  set: 'app',
  number: 3,
  title: '10,000 bad import records of each kind: no crash, no script run, each told with its line',
  inputs: [
    'src/lib/store/formats',
    'src/lib/store/record-schema.ts',
    'test/unit/store/formats',
    file,
  ],
  measure: async (root) => {
    const code = await script(root, file);
    const { n, seed, harmed, reports } = readJson(root, 'app/bad-imports.json') as unknown as {
      n: number;
      seed: number;
      harmed: boolean;
      reports: BadReport[];
    };
    const holds = (report: BadReport) =>
      report.told === report.bad && report.read === report.good && report.wrong === 0;
    return {
      passed: code === 0 && n >= 10_000 && !harmed && reports.every(holds),
      figures: {
        ...Object.fromEntries(
          reports.map(({ format, bad, told, good, read }) => [
            format,
            `${String(told)} of ${String(bad)} told, ${String(read)} of ${String(good)} good ones read`,
          ]),
        ),
        'scripts run': harmed ? 'yes' : 'none',
      },
      n: `${String(n)} records of each of ${String(reports.length)} formats`,
      seed,
      command: `npx tsx ${file}`,
    };
  },
};

/** The bars of the app. */
export const appBars: readonly Bar[] = [importsBar, ...formatBars, ...pageBars, ...robustnessBars];
