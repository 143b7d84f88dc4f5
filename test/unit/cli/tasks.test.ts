import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit';
import { errorCodes } from '../../../src/lib/contracts/errors';
import { requireChromium } from '../../../src/cli/browser/chromium';
import { junitCounts, sum, vitestCounts, withExitCode } from '../../../src/cli/tasks/counts';

describe('the counts of npm test', () => {
  it('come from the reports', () => {
    const vitest = {
      numPassedTests: 5,
      numFailedTests: 1,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'failed', fullName: 'counts to two', failureMessages: ['1 is not 2'] },
            { status: 'passed', fullName: 'counts to one', failureMessages: [] },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'no such file', assertionResults: [] },
        {
          name: 'c.test.ts',
          status: 'passed',
          assertionResults: [{ status: 'passed', fullName: 'stands', failureMessages: [] }],
        },
      ],
    };
    expect(vitestCounts(JSON.stringify(vitest))).toEqual({
      passed: 5,
      failed: 2,
      failures: ['b.test.ts\nno such file', 'a.test.ts > counts to two\n1 is not 2'],
    });
    const junit =
      '<?xml version="1.0"?><testsuites name="all"><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1"></testsuite></testsuites>';
    expect(junitCounts(junit)).toEqual({ passed: 4, failed: 3 });
    expect(() => junitCounts('<testsuites/>')).toThrow('no test suite');
  });

  it('count a stage that ended badly as failed, whatever its report says', () => {
    expect(withExitCode({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 });
    expect(withExitCode({ passed: 5, failed: 2 }, 1)).toEqual({ passed: 5, failed: 2 });
    expect(withExitCode({ passed: 5, failed: 0 }, 0)).toEqual({ passed: 5, failed: 0 });
    expect(
      sum([
        { passed: 1, failed: 2 },
        { passed: 3, failed: 4 },
      ]),
    ).toEqual({ passed: 4, failed: 6 });
  });
});

describe('exit codes', () => {
  it('tell what was asked, engines and storage apart', () => {
    expect(exitCodeOf('bad-config')).toBe(2);
    expect(exitCodeOf('profile-invalid')).toBe(2);
    expect(exitCodeOf('model-corrupt')).toBe(3);
    expect(exitCodeOf('browser-missing')).toBe(3);
    expect(exitCodeOf('storage-full')).toBe(4);
    for (const code of errorCodes) expect([2, 3, 4]).toContain(exitCodeOf(code));
  });
});

describe('a missing Chromium', () => {
  it('is an error that names the command that installs it', () => {
    expect(() => requireChromium({ CHROMIUM_PATH: '/no/such/browser' })).toThrowError(
      expect.objectContaining({
        code: 'browser-missing',
        message: expect.stringMatching(/apt-get install chromium|brew install|winget install/),
      }),
    );
  });
});
