import { resolve } from 'node:path';

/** What `npm run bars` is told about experiments. */
export interface ExperimentOptions {
  /** Of each system. */
  dialogues: number;
  /** A file of people's dialogues, to measure the distance to; none of them is kept. */
  human: string | null;
}

export const evalFlags = {
  'experiment-dialogues': { type: 'string', default: '100' },
  human: { type: 'string' },
} as const;

export const evalUsage = `
Of the bars of the evaluation lab:
  --experiment-dialogues  dialogues of each system of the paper's preset (default: 100); --slots of them in flight
  --human                 people's dialogues, in ReDial's format or as records, to measure the distance to
`;

export function readEvalOptions(
  values: Partial<Record<keyof typeof evalFlags, string>>,
): ExperimentOptions {
  const dialogues = Number(values['experiment-dialogues'] ?? '100');
  if (!Number.isInteger(dialogues) || dialogues < 1) {
    throw new Error('--experiment-dialogues must be a whole number');
  }
  const base = process.env['INIT_CWD'] ?? process.cwd();
  return { dialogues, human: values.human === undefined ? null : resolve(base, values.human) };
}
