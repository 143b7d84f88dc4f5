import type { RatingQuestion } from '../../contracts/rating';
import type { JudgeInfo, RatedCorrelation, RatingResults } from '../../metrics';
import { number, words, type Cell, type ReportSection, type ReportTable } from '../document';
import { formatP } from '../format';

const column = (label: string, numeric = false) => ({ label, numeric });

/** The questions in a few words, for tables. */
const questionNames: Readonly<Record<RatingQuestion, string>> = {
  control: 'User control',
  flow: 'Conversational flow',
  naturalness: 'Naturalness',
};

type Interval = readonly [low: number, high: number] | null;

function valued(value: number | null, interval: Interval, digits = 2): Cell {
  if (value === null) return number(null, 'unknown');
  const range =
    interval === null ? '' : ` [${interval.map((end) => end.toFixed(digits)).join(', ')}]`;
  return { text: `${value.toFixed(digits)}${range}`, value, interval };
}

function ratersTable({ raters, merge }: RatingResults): ReportTable {
  return {
    id: 'raters',
    title: 'Raters',
    notes: [
      `${String(merge.repeated)} answers came more than once and count once; ${String(merge.changed)} were changed later, and the ` +
        `later one counts; ${String(merge.conflicts.length)} contradict each other under one name, and none of them counts.`,
      ...merge.refused.map(({ name, reason }) => `${name} was left out. ${reason}`),
    ],
    columns: [
      column('Rater'),
      column('Answers', true),
      column('Of', true),
      column('Items left open', true),
      column('Seconds an answer, median', true),
    ],
    rows: raters.map(({ rater, answers, asked, gaps, medianMs }) => [
      words(rater),
      number(answers, String(answers)),
      number(asked, String(asked)),
      number(gaps.length, String(gaps.length)),
      number(medianMs, medianMs === null ? 'unknown' : (medianMs / 1000).toFixed(1)),
    ]),
  };
}

function agreementTable({ agreement, plan }: RatingResults): ReportTable {
  return {
    id: 'agreement',
    title: 'Agreement of raters',
    notes: [
      "Krippendorff's alpha, ordinal, over items with two ratings or more, 95 % bootstrap over items. Fleiss' kappa over items " +
        'that everybody rated. Themselves: of what one rater was shown twice' +
        (plan.mode === 'pairs' ? ' (sides exchanged)' : '') +
        ', how often the answer was the same.',
    ],
    columns: [
      column('Question'),
      column('Raters', true),
      column('Items', true),
      column("Krippendorff's alpha", true),
      column("Fleiss' kappa", true),
      column('Items of kappa', true),
      column('With themselves', true),
    ],
    rows: agreement.map((one) => [
      words(questionNames[one.question]),
      number(one.raters, String(one.raters)),
      number(one.items, String(one.items)),
      valued(one.alpha, one.interval),
      valued(one.kappa, null),
      number(one.kappaItems, String(one.kappaItems)),
      one.self.twice === 0
        ? number(null, 'unknown')
        : number(
            one.self.same / one.self.twice,
            `${String(one.self.same)} of ${String(one.self.twice)}`,
          ),
    ]),
  };
}

function systemTable({ systems }: RatingResults): ReportTable {
  return {
    id: 'system-ratings',
    title: 'Ratings by system',
    notes: [
      'From 1 to 5. N counts dialogues, each its raters’ mean; 95 % bootstrap over dialogues.',
    ],
    columns: [column('Question'), column('System'), column('N', true), column('Mean', true)],
    rows: systems.map(({ question, system, n, mean, interval }) => [
      words(questionNames[question]),
      words(system),
      number(n, String(n)),
      valued(mean, interval),
    ]),
  };
}

function preferenceTable({ preferences, plan }: RatingResults): ReportTable {
  const inPairs = plan.mode === 'pairs';
  return {
    id: 'preferences',
    title: inPairs ? 'Preferences' : 'Differences of systems',
    notes: [
      inPairs
        ? 'Share of answers for A, a tie counting half, mean over pairs of dialogues; 95 % bootstrap over pairs.'
        : 'Mean difference over dialogues with the same profile and seed; 95 % bootstrap over pairs.',
      "p: two-sided sign-flip permutation test over pairs; corrected by Holm's method over the rows of this table.",
    ],
    columns: [
      column('Question'),
      column('A'),
      column('B'),
      column('Pairs', true),
      column(inPairs ? 'Share for A' : 'A - B', true),
      column(inPairs ? 'For A, tie, for B' : 'Effect', true),
      column('p', true),
      column('p, Holm', true),
      column('Reading'),
    ],
    rows: preferences.map((one): Cell[] => [
      words(questionNames[one.question]),
      words(one.a),
      words(one.b),
      number(one.n, String(one.n)),
      valued(one.share ?? one.difference, one.interval),
      one.answers
        ? words(`${String(one.answers.a)}, ${String(one.answers.tie)}, ${String(one.answers.b)}`)
        : words(
            one.effect === null
              ? 'unknown'
              : `delta ${one.effect.value.toFixed(2)}, ${one.effect.word}`,
          ),
      number(one.p, formatP(one.p)),
      number(one.pHolm, formatP(one.pHolm)),
      words(
        one.pHolm !== null && one.pHolm < 0.05
          ? `${one.difference > 0 ? 'A' : 'B'} is ${inPairs ? 'preferred' : 'rated higher'}`
          : 'unproven: not beyond chance',
      ),
    ]),
  };
}

function correlationTable({ correlations }: RatingResults): ReportTable {
  const flat = correlations.filter(({ spearman }) => spearman.value === null);
  const names = [...new Set(flat.map(({ name }) => name))];
  const told = correlations.filter(({ spearman }) => spearman.value !== null);
  return {
    id: 'metric-rating-correlations',
    title: 'Automatic metrics against ratings',
    notes: [
      'Match Score first. N counts rated dialogues, or pairs with the difference of the metric. 95 % bootstrap; p: permutation ' +
        "test of Spearman's rho, corrected by Holm's method over the metrics of a question.",
      'Unproven: nothing shows that the metric goes with what people say; no sign that it does not.',
      ...(names.length === 0
        ? []
        : [
            `Without a correlation, because they are unknown or the same everywhere: ${names.join('; ')}.`,
          ]),
    ],
    columns: [
      column('Question'),
      column('Metric'),
      column('N', true),
      column("Spearman's rho", true),
      column("Kendall's tau-b", true),
      column('p', true),
      column('p, Holm', true),
      column('Reading'),
    ],
    rows: told.map((one): Cell[] => [
      words(questionNames[one.question]),
      words(one.name),
      number(one.spearman.n, String(one.spearman.n)),
      valued(one.spearman.value, one.spearman.interval),
      valued(one.kendall.value, one.kendall.interval),
      number(one.p, formatP(one.p)),
      number(one.pHolm, formatP(one.pHolm)),
      words(readingOf(one)),
    ]),
  };
}

function readingOf({ because, spearman }: RatedCorrelation): string {
  if (because !== null) return `unproven: ${because}`;
  return (spearman.value ?? 0) > 0 ? 'rises with the rating' : 'falls as the rating rises';
}

/** What is known of the judge, which nobody needs to believe without ratings. */
export function judgeText(judge: JudgeInfo, results: RatingResults | undefined): string {
  const who = `Judge without references: ${judge.model} on ${judge.engine}, instructions ${judge.version}.`;
  const own = results?.correlations.filter(({ metric }) => metric === 'judge-overall') ?? [];
  if (own.length === 0) {
    return `${who} Unproven: there are no ratings of people to hold it against.`;
  }
  const parts = own.map((one) => {
    const rho = one.spearman.value === null ? 'unknown' : one.spearman.value.toFixed(2);
    return `${questionNames[one.question]} rho ${rho}, N ${String(one.spearman.n)} (${readingOf(one)})`;
  });
  return `${who} Against the ratings: ${parts.join('; ')}.`;
}

/** All that a session of the rating room shows, for the report, the command and the page. */
export function ratingSection(results: RatingResults, judge?: JudgeInfo): ReportSection {
  const { plan, items, repeats } = results;
  const what = plan.mode === 'pairs' ? 'blinded pairs of dialogues' : 'blinded single dialogues';
  return {
    id: 'ratings',
    title: 'What people say',
    text: [
      `${plan.title}: ${String(items)} ${what}, ${String(repeats)} of them shown twice, seed ${String(plan.seed)}, session ${plan.id}. ` +
        'Raters saw what was said and nothing else.',
      ...results.warnings,
      ...(judge ? [judgeText(judge, results)] : []),
    ],
    tables: [
      agreementTable(results),
      ...(results.systems.length === 0 ? [] : [systemTable(results)]),
      ...(results.preferences.length === 0 ? [] : [preferenceTable(results)]),
      ...(results.correlations.length === 0 ? [] : [correlationTable(results)]),
      ratersTable(results),
    ],
    charts: [],
  };
}
