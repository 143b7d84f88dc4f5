import { toErrorData, type ErrorData } from '../contracts/errors';
import {
  ratingQuestions,
  type RatingAnswer,
  type RatingItem,
  type RatingQuestion,
  type RatingSession,
  type RatingSheet,
  type RatingValue,
} from '../contracts/rating';
import { orderFor } from '../metrics';
import type { QuestionView, TranscriptView } from '../ui/rating/view';

export interface SittingDeps {
  /** Keeps the sheet; what it resolves for is on disk. */
  save: (sheet: RatingSheet) => Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Milliseconds that only go forward. */
  clock: () => number;
}

const keyOf = (item: string, question: RatingQuestion): string => `${item} ${question}`;

/** One rater at work on a session: what is on show, what was answered, how long it took. Every answer is kept at once. */
export class Sitting {
  readonly order: readonly RatingItem[];
  /** Which item is on show; the number of items when all are done. */
  at = $state(0);
  /** Which of its questions the keys answer. */
  focus = $state(0);
  answers = $state.raw<ReadonlyMap<string, RatingAnswer>>(new Map());
  /** Milliseconds at work, breaks left out. */
  spent = $state(0);
  paused = $state(false);
  /** Why the last answer is not kept; it is tried again with the next one. */
  error = $state.raw<ErrorData | null>(null);
  /** What was before each answer of this sitting, for undoing. */
  #trail: { item: string; question: RatingQuestion; before: RatingAnswer | null }[] = [];
  #shownAt: number;
  /** Milliseconds on this item before the last break. */
  #before = 0;
  #saving: Promise<void> = Promise.resolve();
  readonly #transcripts: ReadonlyMap<string, TranscriptView['turns']>;

  constructor(
    readonly session: RatingSession,
    readonly sheet: RatingSheet,
    readonly deps: SittingDeps,
  ) {
    this.order = orderFor(session.plan, sheet.id);
    this.#transcripts = new Map(session.transcripts.map(({ id, turns }) => [id, turns]));
    this.answers = new Map(sheet.answers.map((one) => [keyOf(one.item, one.question), one]));
    this.spent = spentBefore(sheet);
    const open = this.order.findIndex(({ id }) => !this.isDone(id));
    this.at = open < 0 ? this.order.length : open;
    this.focus = this.#firstOpen();
    this.#shownAt = deps.clock();
  }

  get item(): RatingItem | null {
    return this.order[this.at] ?? null;
  }

  get isOver(): boolean {
    return this.at >= this.order.length;
  }

  /** Items with all of their answers. */
  get done(): number {
    return this.order.filter(({ id }) => this.isDone(id)).length;
  }

  /** Milliseconds that are left of the session's limit; `null` without one. */
  get left(): number | null {
    const { minutes } = this.session.plan;
    return minutes === null ? null : Math.max(0, minutes * 60_000 - this.spent);
  }

  get transcripts(): readonly TranscriptView[] {
    const { item } = this;
    if (item === null) return [];
    const turns = (id: string) => this.#transcripts.get(id) ?? [];
    if (item.b === null) return [{ label: null, turns: turns(item.a) }];
    return [
      { label: 'a', turns: turns(item.a) },
      { label: 'b', turns: turns(item.b) },
    ];
  }

  get questions(): readonly QuestionView[] {
    const { item } = this;
    if (item === null) return [];
    return ratingQuestions.map((question) => ({
      question,
      value: this.answers.get(keyOf(item.id, question))?.value ?? null,
    }));
  }

  isDone(id: string): boolean {
    return ratingQuestions.every((question) => this.answers.has(keyOf(id, question)));
  }

  /** Answers the question in focus and goes on to the next one that is open. */
  choose(value: RatingValue, question = ratingQuestions[this.focus]): void {
    const { item } = this;
    if (item === null || question === undefined) return;
    const key = keyOf(item.id, question);
    const before = this.answers.get(key) ?? null;
    this.#trail.push({ item: item.id, question, before });
    const answer = { item: item.id, question, value, ms: this.#onItem(), at: this.deps.now() };
    this.answers = new Map([...this.answers, [key, answer]]);
    const place = ratingQuestions.indexOf(question);
    const next = this.questions.findIndex((one, i) => i > place && one.value === null);
    this.focus = next < 0 ? place : next;
    this.#keep();
  }

  /** To the next item, or to what is still open on this one. */
  next(): void {
    const { item } = this;
    if (item === null) return;
    if (!this.isDone(item.id)) {
      this.focus = this.#firstOpen();
      return;
    }
    this.#show(this.at + 1);
  }

  back(): void {
    if (this.at > 0) this.#show(this.at - 1);
  }

  /** Takes the last answer back and shows where it was; after a reload answers go one by one, the latest first. */
  undo(): void {
    const last = this.#trail.pop() ?? this.#latest();
    if (last === null) return;
    const key = keyOf(last.item, last.question);
    const answers = new Map(this.answers);
    // Given anew it is later than the one that was taken back, which another file may hold.
    if (last.before) answers.set(key, { ...last.before, at: this.deps.now() });
    else answers.delete(key);
    this.answers = answers;
    this.#show(this.order.findIndex(({ id }) => id === last.item));
    this.focus = ratingQuestions.indexOf(last.question);
    this.#keep();
  }

  /** The clock stands still: a break, or a tab that nobody looks at. */
  pause(): void {
    if (this.paused) return;
    this.tick();
    this.#before = this.#onItem();
    this.paused = true;
  }

  goOn(): void {
    if (!this.paused) return;
    this.#shownAt = this.#last = this.deps.clock();
    this.paused = false;
  }

  /** Counts the time since the last tick. */
  tick(): void {
    const now = this.deps.clock();
    if (!this.paused && this.#last !== null) this.spent += now - this.#last;
    this.#last = now;
  }

  /** The sheet as it stands. */
  snapshot(): RatingSheet {
    return { ...this.sheet, answers: [...this.answers.values()] };
  }

  /** Resolves when all that was answered is kept, or was tried to be. */
  settled(): Promise<void> {
    return this.#saving;
  }

  #last: number | null = null;

  #show(at: number): void {
    this.at = at;
    this.#before = 0;
    this.#shownAt = this.deps.clock();
    this.focus = this.#firstOpen();
  }

  #onItem(): number {
    const since = this.paused ? 0 : this.deps.clock() - this.#shownAt;
    return Math.round(this.#before + since);
  }

  #firstOpen(): number {
    const open = this.questions.findIndex(({ value }) => value === null);
    return open < 0 ? 0 : open;
  }

  #latest(): { item: string; question: RatingQuestion; before: null } | null {
    const all = [...this.answers.values()].sort((a, b) => b.at - a.at);
    const [last] = all;
    return last ? { item: last.item, question: last.question, before: null } : null;
  }

  /** One write after the other: an older state must not come last. */
  #keep(): void {
    const sheet = this.snapshot();
    this.#saving = this.#saving.then(async () => {
      try {
        await this.deps.save(sheet);
        this.error = null;
      } catch (reason) {
        this.error = toErrorData(reason, 'storage-unavailable');
      }
    });
  }
}

/** Time at work as far as answers tell it: on each item as long as its last answer took. */
function spentBefore({ answers }: RatingSheet): number {
  const longest = new Map<string, number>();
  for (const { item, ms } of answers) longest.set(item, Math.max(longest.get(item) ?? 0, ms));
  return [...longest.values()].reduce((sum, ms) => sum + ms, 0);
}
