import type { Bar } from '../runner/bars';
import { vitest } from '../runner/commands';

const session = 'test/e2e/rating.test.ts';
const merge = 'test/unit/metrics/people/merge.test.ts';

/** A rater's session in the built page, and a merge with everything wrong that raters' files can have. */
export const ratingBar: Bar = {
  set: 'eval',
  number: 6,
  title:
    'Rating room: a rater by keyboard over a break and a reload, alpha as krippendorff says; five raters merged with duplicates and gaps',
  inputs: [
    'src/lib/metrics/people',
    'src/lib/metrics/statistics',
    'src/lib/state/rating.svelte.ts',
    'src/lib/state/rating-sitting.svelte.ts',
    'src/lib/store/ratings',
    'src/lib/ui/rating',
    'src/routes/rate',
    'test/golden/metrics.json',
    session,
    merge,
  ],
  measure: async (root) => {
    const page = await vitest(root, 'e2e', [session]);
    const merged = await vitest(root, 'unit*', [merge]);
    return {
      passed: page.failed === 0 && page.passed > 0 && merged.failed === 0 && merged.passed > 0,
      figures: {
        'page tests': `${String(page.passed)} passed, ${String(page.failed)} failed`,
        'merge tests': `${String(merged.passed)} passed, ${String(merged.failed)} failed`,
      },
      n: '2 raters of 9 dialogues; 5 raters of 10 dialogues in 7 files',
      seed: null,
      command: `npx vitest run --project e2e ${session}; npx vitest run --project 'unit*' ${merge}`,
    };
  },
};
