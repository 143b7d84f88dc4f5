import { isAbsolute, relative } from 'node:path';
import type { SimulationResult } from './run';

/** What `--json` prints. */
export function summaryOf(result: SimulationResult) {
  const { run, dialogues, seconds } = result;
  const now = dialogues.length - result.heldBefore;
  return {
    schemaVersion: 1,
    runId: run.id,
    out: result.out,
    domain: run.domain,
    seed: run.seed,
    promptVersion: run.promptVersion,
    models: run.models,
    config: run.config,
    engine: result.why,
    dialogues: {
      asked: result.asked,
      finished: dialogues.length,
      heldBefore: result.heldBefore,
      ofOtherRuns: result.foreign,
      failed: dialogues.filter(({ outcome }) => outcome?.status === 'failed').length,
    },
    interrupted: result.interrupted,
    error: result.failure?.toData() ?? null,
    seconds,
    dialoguesPerHour: seconds.dialogues > 0 && now > 0 ? (now / seconds.dialogues) * 3600 : null,
  };
}

export type SimulationSummary = ReturnType<typeof summaryOf>;

/** The same for people. */
export function summaryText(summary: SimulationSummary): string {
  const { dialogues, models } = summary;
  const shown = relative(process.cwd(), summary.out);
  const rows: [string, string][] = [
    ['Run', summary.runId],
    ['User', models.user.id],
    ['Recommender', models.recommender.id],
    [
      'Dialogues',
      `${String(dialogues.finished)} of ${String(dialogues.asked)}` +
        (dialogues.heldBefore > 0 ? `, ${String(dialogues.heldBefore)} of them from before` : ''),
    ],
    ['Written to', isAbsolute(shown) || shown.startsWith('..') ? summary.out : shown],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `${name.padEnd(width)}${value}\n`).join('');
}
