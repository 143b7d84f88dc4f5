import type { FormatReport } from '../../unit/store/formats/round-trip';
import type { Bar } from '../runner/bars';
import { readJson, script } from '../runner/commands';

const file = 'test/bars/app/formats.ts';

/** What the table says of a format. */
function verdict({ claimsExact, exact, asked, says }: FormatReport): string {
  return claimsExact
    ? `exact (${String(exact)} of ${String(asked)})`
    : `drops ${says.join(', ')}, and says so`;
}

const roundTrips: Bar = {
  set: 'app',
  number: 8,
  title:
    'Round trips: exact where a format can hold all of a dialogue; the others drop what they say',
  inputs: ['src/lib/store', 'test/unit/store/formats/round-trip.ts', file],
  measure: async (root) => {
    const code = await script(root, file);
    const { n, seed, honest, reports } = readJson(root, 'app/formats.json') as unknown as {
      n: number;
      seed: number;
      honest: boolean;
      reports: FormatReport[];
    };
    return {
      passed: code === 0 && honest && n >= 500,
      figures: Object.fromEntries(reports.map((report) => [report.name, verdict(report)])),
      n: `${String(n)} dialogues in each of ${String(reports.length)} formats`,
      seed,
      command: `npx tsx ${file}`,
    };
  },
};

export const formatBars: readonly Bar[] = [roundTrips];
