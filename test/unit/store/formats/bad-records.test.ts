import { describe, expect, it } from 'vitest';
import { badCases, readBad } from './bad-records';

/** `npm run bars` sets it to 10,000. */
const count = Number(process.env['BAD_RECORDS'] ?? 150);

describe('bad records', () => {
  it.each(badCases(count, 2024))(
    '$format: each is told with its line, nothing else is lost and nothing runs',
    async (given) => {
      const report = await readBad(given);
      expect(report).toEqual({
        format: given.format,
        bad: given.bad.size,
        told: given.bad.size,
        good: given.good,
        read: given.good,
        wrong: 0,
      });
      expect(globalThis).not.toHaveProperty('__harm');
      expect({}).not.toHaveProperty('harm');
    },
    600_000,
  );
});
