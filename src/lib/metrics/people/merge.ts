import {
  ratingQuestions,
  scores,
  type RatingAnswer,
  type RatingPlan,
  type RatingQuestion,
  type RatingSheet,
  type RatingValue,
} from '../../contracts/rating';
import { LabError } from '../../contracts/errors';

/** An answer that counts: one a rater, item and question. */
export interface CountedAnswer {
  rater: string;
  item: string;
  question: RatingQuestion;
  value: RatingValue;
  ms: number;
}

/** One name that answered one question of one item twice, in two sheets and differently. */
export interface RatingConflict {
  rater: string;
  item: string;
  question: RatingQuestion;
  values: readonly RatingValue[];
}

export interface RaterSummary {
  rater: string;
  /** Answers that count, and all that were asked. */
  answers: number;
  asked: number;
  /** Items without all of their answers, by id. */
  gaps: readonly string[];
  /** Median milliseconds that an answer took; `null` without one. */
  medianMs: number | null;
}

/** All raters' answers to one session, and what was wrong with them. Plain data. */
export interface MergedRatings {
  plan: RatingPlan;
  raters: readonly RaterSummary[];
  answers: readonly CountedAnswer[];
  /** Answers that came again with the same value: the same file twice, or a later export. Counted once. */
  repeated: number;
  /** Answers that a later state of the same sheet had changed: the later one counts. */
  changed: number;
  /** Neither of their answers counts. */
  conflicts: readonly RatingConflict[];
  /** Answers to what the session does not ask. */
  strange: number;
  /** Files that were left out, and why. */
  refused: readonly { name: string; reason: string }[];
}

export interface RatingsOfFile {
  name: string;
  plan: RatingPlan;
  sheets: readonly RatingSheet[];
}

/**
 * Files of one session made one: its answers, each once. The session is the given one, else that of the first file;
 * files of another one are refused and hurt no other. Errors: `bad-input` without any file of it.
 */
export function mergeRatings(
  files: readonly RatingsOfFile[],
  plan: RatingPlan | null = null,
): MergedRatings {
  const wanted = plan ?? files[0]?.plan;
  if (wanted === undefined) {
    throw new LabError('bad-input', 'There are no answers to merge. Choose the files of raters.');
  }
  const own = files.filter((file) => file.plan.id === wanted.id);
  const refused = files
    .filter((file) => file.plan.id !== wanted.id)
    .map((file) => ({
      name: file.name,
      reason: `It belongs to another session ("${file.plan.title}", ${file.plan.id}) than the others ("${wanted.title}", ${wanted.id}). Merge it by itself.`,
    }));
  const byKey = new Map<string, { sheet: string; rater: string; answer: RatingAnswer }[]>();
  const names = new Map<string, string>();
  const items = new Set(wanted.items.map(({ id }) => id));
  let strange = 0;
  for (const sheet of own.flatMap(({ sheets }) => sheets)) {
    const key = nameKey(sheet.rater);
    const rater = names.get(key) ?? sheet.rater.trim();
    names.set(key, rater);
    for (const answer of sheet.answers) {
      if (!items.has(answer.item) || !isOf(answer.value, wanted)) {
        strange += 1;
        continue;
      }
      const asked = [rater, answer.item, answer.question].join('\n');
      byKey.set(asked, [...(byKey.get(asked) ?? []), { sheet: sheet.id, rater, answer }]);
    }
  }
  const answers: CountedAnswer[] = [];
  const conflicts: RatingConflict[] = [];
  let [repeated, changed] = [0, 0];
  for (const given of byKey.values()) {
    const latest = new Map<string, { rater: string; answer: RatingAnswer }>();
    const seen = new Set<string>();
    for (const { sheet, rater, answer } of given) {
      const known = latest.get(sheet);
      const state = JSON.stringify([sheet, answer.value, answer.at]);
      if (seen.has(state) || known?.answer.value === answer.value) repeated += 1;
      else if (known) changed += 1;
      seen.add(state);
      if (!known || answer.at > known.answer.at) latest.set(sheet, { rater, answer });
    }
    const [first, ...others] = [...latest.values()];
    if (!first) continue;
    const { item, question, value, ms } = first.answer;
    const values = [...new Set([value, ...others.map(({ answer }) => answer.value)])];
    if (values.length > 1) conflicts.push({ rater: first.rater, item, question, values });
    else {
      repeated += others.length;
      answers.push({ rater: first.rater, item, question, value, ms });
    }
  }
  return {
    plan: wanted,
    raters: [...names.values()].map((rater) => summaryOf(rater, answers, wanted)),
    answers,
    repeated,
    changed,
    conflicts,
    strange,
    refused,
  };
}

/** Sheets each once: what several exports of one hold, the later state of each answer. */
export function unionSheets(sheets: readonly RatingSheet[]): RatingSheet[] {
  const byId = new Map<string, RatingSheet>();
  for (const sheet of sheets) {
    const known = byId.get(sheet.id);
    const answers = new Map<string, RatingAnswer>();
    for (const answer of [...(known?.answers ?? []), ...sheet.answers]) {
      const key = `${answer.item} ${answer.question}`;
      const held = answers.get(key);
      if (!held || answer.at >= held.at) answers.set(key, answer);
    }
    byId.set(sheet.id, { ...(known ?? sheet), answers: [...answers.values()] });
  }
  return [...byId.values()];
}

/** "Ada", "ada " and "ADA" are one name. */
function nameKey(rater: string): string {
  return rater.normalize('NFC').trim().toLowerCase();
}

function isOf(value: RatingValue, { mode }: RatingPlan): boolean {
  return (scores as readonly RatingValue[]).includes(value) === (mode === 'single');
}

function summaryOf(
  rater: string,
  answers: readonly CountedAnswer[],
  { items }: RatingPlan,
): RaterSummary {
  const own = answers.filter((answer) => answer.rater === rater);
  const times = own.map(({ ms }) => ms).sort((a, b) => a - b);
  const counts = new Map<string, number>();
  for (const { item } of own) counts.set(item, (counts.get(item) ?? 0) + 1);
  return {
    rater,
    answers: own.length,
    asked: items.length * ratingQuestions.length,
    gaps: items.flatMap(({ id }) => ((counts.get(id) ?? 0) < ratingQuestions.length ? [id] : [])),
    medianMs: times[Math.floor(times.length / 2)] ?? null,
  };
}
