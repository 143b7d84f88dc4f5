import { describe, expect, it } from 'vitest';
import { formatReports } from './round-trip';

describe('writing and reading back', () => {
  it('loses nothing in an exact format, and in the others nothing that they do not say', async () => {
    const reports = await formatReports(12, 4);
    expect(reports.filter(({ claimsExact }) => claimsExact).map(({ format }) => format)).toEqual([
      'jsonl',
      'parquet',
    ]);
    for (const { format, claimsExact, exact, asked, says, loses } of reports) {
      if (claimsExact) expect([format, exact]).toEqual([format, asked]);
      expect([format, loses.filter((part) => !says.includes(part))]).toEqual([format, []]);
    }
  });
});
