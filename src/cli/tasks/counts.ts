/** How many tests passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
  /** What failed and why, one text each; none where the report names none. */
  failures?: readonly string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: readonly {
    name: string;
    status: string;
    message?: string;
    assertionResults: readonly {
      status: string;
      fullName: string;
      failureMessages?: readonly string[];
    }[];
  }[];
}

/** Counts of a Vitest JSON report. A file that could not even be read counts as one failure. */
export function vitestCounts(json: string): Counts {
  const report = JSON.parse(json) as VitestReport;
  const unread = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failures = [
    ...unread.map(({ name, message = '' }) => `${name}\n${message}`),
    ...report.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages = [] }) =>
          [`${name} > ${fullName}`, ...failureMessages].join('\n'),
        ),
    ),
  ];
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unread.length,
    failures,
  };
}

/** Counts of a JUnit XML report, as pytest writes it. Skipped tests count as neither. */
export function junitCounts(xml: string): Counts {
  const suite = /<testsuite\s[^>]*>/.exec(xml)?.[0];
  if (suite === undefined) throw new Error('The report has no test suite.');
  const number = (name: string) =>
    Number(new RegExp(`\\s${name}="(\\d+)"`).exec(suite)?.[1] ?? '0');
  const failed = number('failures') + number('errors');
  return { passed: number('tests') - failed - number('skipped'), failed };
}

/** A stage that ended badly without naming a failed test has failed all the same. */
export function withExitCode(counts: Counts, code: number): Counts {
  return { ...counts, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed };
}

export function sum(counts: readonly Counts[]): Counts {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
  };
}
