import type { Dialogue } from '../contracts/dialogue';
import { LabError, isAbort, toErrorData, type ErrorData } from '../contracts/errors';
import {
  ratingQuestions,
  type DialogueRating,
  type RatingSession,
  type RatingSheet,
} from '../contracts/rating';
import {
  mergeRatings,
  planSession,
  repeatsOf,
  unionSheets,
  type Judged,
  type MergedRatings,
  type PlanRequest,
  type RatingResults,
} from '../metrics';
import { ratingSection } from '../report';
import {
  readDialogues,
  readRatings,
  readSession,
  writeRatings,
  writeSession,
  type RatingRepository,
  type RatingsFile,
  type StoredSheet,
} from '../store/index';
import type { ResultsView, SessionView, TakenView } from '../ui/rating/view';
import { Sitting } from './rating-sitting.svelte';
import { boardView } from './views/rating-board';

export interface RatingDeps {
  open: () => Promise<RatingRepository>;
  /** Finished dialogues of some runs, or of all. */
  dialoguesOf: (runIds: readonly string[] | null) => Promise<Dialogue[]>;
  /** The dialogues that a session is about, as far as they are here. */
  rated: (plan: RatingSession['plan']) => Promise<Dialogue[]>;
  /** Those that ship with the site. */
  shipped: () => Promise<Dialogue[]>;
  /** Everything that the answers tell about the dialogues that are here; of none, agreement alone. */
  results: (
    merged: MergedRatings,
    dialogues: readonly Dialogue[],
    judged: Judged | null,
  ) => Promise<RatingResults>;
  /** Keeps dialogues of a file: what came of a session cannot be told without them. */
  keep: (dialogues: readonly Dialogue[]) => Promise<void>;
  /** Has a model judge dialogues. */
  judge: (
    dialogues: readonly Dialogue[],
    onProgress: (progress: { done: number; total: number }) => void,
    signal: AbortSignal,
  ) => Promise<Judged>;
  now: () => number;
  clock: () => number;
  newId: () => string;
}

/** What the classroom's one click asks for: twenty dialogues, ten minutes, two of them twice. */
export const classroom = { count: 20, minutes: 10, repeats: 2, seed: 1 } as const;

/** The rating room: sessions kept here, who rates, raters' files, what came of them. */
export class Ratings {
  sessions = $state.raw<readonly SessionView[]>([]);
  sitting = $state.raw<Sitting | null>(null);
  taken = $state.raw<TakenView | null>(null);
  results = $state.raw<ResultsView | null>(null);
  /** Which session the results are of. */
  resultsOf = $state<string | null>(null);
  busy = $state(false);
  judging = $state.raw<{ done: number; total: number } | null>(null);
  /** What the last new session is made of; for its maker only. */
  made = $state.raw<{ id: string; few: number | null; leftOut: readonly string[] } | null>(null);
  error = $state.raw<ErrorData | null>(null);
  #repository: RatingRepository | null = null;
  #held = new Map<string, RatingSession>();
  #judged = new Map<string, Judged>();
  #stop: AbortController | null = null;
  #ratings: readonly DialogueRating[] = [];

  constructor(readonly deps: RatingDeps) {}

  async open(): Promise<void> {
    await this.#attempt(async () => {
      this.#repository ??= await this.deps.open();
      await this.#refresh();
    });
  }

  close(): void {
    this.#stop?.abort();
    this.#repository?.close();
    this.#repository = null;
  }

  /** Makes a session of held dialogues, or of a file of them, and keeps it; its id, or `null` when it failed. */
  make(request: PlanRequest, source: readonly string[] | File | null): Promise<string | null> {
    return this.#attempt(async () => {
      if (!(source instanceof File)) {
        return this.#plan(request, await this.deps.dialoguesOf(source));
      }
      const dialogues = await dialoguesOfFile(source);
      const id = await this.#plan(request, dialogues);
      await this.deps.keep(dialogues);
      return id;
    });
  }

  /** The classroom's session of all that is here, what ships filling up; `few` says when there is too little. */
  makeClassroom(title: string): Promise<string | null> {
    return this.#attempt(async () => {
      const held = await this.deps.dialoguesOf(null);
      const known = new Set(held.map(({ id }) => id));
      const shipped =
        held.length >= classroom.count
          ? []
          : (await this.deps.shipped()).filter(({ id }) => !known.has(id));
      return this.#plan({ title, mode: 'single', ...classroom }, [...held, ...shipped]);
    });
  }

  /** Takes in a session's file and keeps it; its id. */
  takeSession(file: File): Promise<string | null> {
    return this.#attempt(async () => {
      const session = readSession(await file.text(), file.name);
      await this.#open().saveSession(session);
      await this.#refresh();
      return session.plan.id;
    });
  }

  /** Takes raters' files into a session; every file by itself, those of other sessions refused. */
  async takeAnswers(sessionId: string, files: readonly File[]): Promise<void> {
    this.taken = null;
    await this.#attempt(async () => {
      const repository = this.#open();
      const session = this.#session(sessionId);
      const problems: string[] = [];
      const read: RatingsFile[] = [];
      for (const file of files) {
        try {
          const found = readRatings(await file.text(), file.name);
          read.push(found);
          for (const { line, reason } of found.problems) {
            problems.push(`${file.name}, ${String(line)}: ${reason}`);
          }
        } catch (reason) {
          if (!(reason instanceof LabError)) throw reason;
          problems.push(reason.message);
        }
      }
      const before = await repository.listSheets(sessionId);
      const kept = mergeRatings([fileOf(session, before)]);
      const merged = mergeRatings([fileOf(session, before), ...read], session.plan);
      problems.push(...merged.refused.map(({ name, reason }) => `${name}: ${reason}`));
      const own = new Map(before.map((row) => [row.id, row]));
      const sheets = read.filter(({ plan }) => plan.id === sessionId).flatMap((one) => one.sheets);
      for (const sheet of unionSheets([...before.map((row) => row.sheet), ...sheets])) {
        if (!sheets.some(({ id }) => id === sheet.id)) continue;
        await repository.saveSheet(sheet, own.get(sheet.id)?.own ?? false);
      }
      this.taken = {
        raters: [...new Set(sheets.map(({ rater }) => rater))],
        added: merged.answers.length - kept.answers.length,
        repeated: merged.repeated - kept.repeated,
        changed: merged.changed,
        conflicts: merged.conflicts.length,
        problems,
      };
      await this.#refresh();
      if (this.resultsOf === sessionId) await this.#compute(sessionId);
    });
  }

  /** A rater sits down with a new sheet. */
  async sit(sessionId: string, rater: string): Promise<void> {
    await this.#attempt(async () => {
      const session = this.#session(sessionId);
      const name = rater.trim();
      if (name === '') {
        throw new LabError('bad-input', 'Choose a name to rate under; a made-up one will do.');
      }
      const [id, startedAt] = [this.deps.newId(), this.deps.now()];
      const sheet: RatingSheet = { id, sessionId, rater: name, answers: [], startedAt };
      await this.#open().saveSheet(sheet, true);
      this.#seat(session, sheet);
    });
  }

  /** A rater goes on with a sheet that was begun here. */
  async resume(sessionId: string, sheetId: string): Promise<void> {
    await this.#attempt(async () => {
      const session = this.#session(sessionId);
      const rows = await this.#open().listSheets(sessionId);
      const held = rows.find(({ id, own }) => own && id === sheetId);
      if (!held) throw new LabError('bad-input', 'That sheet was not begun here. Begin a new one.');
      this.#seat(session, held.sheet);
    });
  }

  #seat(session: RatingSession, sheet: RatingSheet): void {
    const repository = this.#open();
    const { now, clock } = this.deps;
    const save = (state: RatingSheet) => repository.saveSheet(state, true);
    this.sitting = new Sitting(session, sheet, { save, now, clock });
  }

  /** The rater gets up; all that was answered is kept. */
  async leave(): Promise<void> {
    this.sitting?.pause();
    await this.sitting?.settled();
    this.sitting = null;
    await this.open();
  }

  /** A session as its file; `null` when it is gone. */
  sessionFile(id: string): string | null {
    const session = this.#held.get(id);
    return session ? writeSession(session) : null;
  }

  /** One rater's answers as a file, or those of all. */
  answersFile(sessionId: string, sheetId: string | null): Promise<string | null> {
    return this.#attempt(async () => {
      const { plan } = this.#session(sessionId);
      const rows = await this.#open().listSheets(sessionId);
      const chosen = rows.filter(({ id }) => sheetId === null || id === sheetId);
      return writeRatings(
        plan,
        chosen.map(({ sheet }) => sheet),
      );
    });
  }

  /** Each rated dialogue with its ratings, a line each: what the page Evaluate draws metrics against. */
  byDialogueFile(): string {
    return this.#ratings.map((one) => `${JSON.stringify(one)}\n`).join('');
  }

  async remove(sessionId: string): Promise<void> {
    await this.#attempt(async () => {
      await this.#open().deleteSession(sessionId);
      if (this.resultsOf === sessionId) this.closeResults();
      await this.#refresh();
    });
  }

  /** Computes and shows what came of a session. */
  async show(sessionId: string): Promise<void> {
    this.results = null;
    this.resultsOf = sessionId;
    await this.#attempt(() => this.#compute(sessionId));
  }

  closeResults(): void {
    this.#stop?.abort();
    this.results = null;
    this.resultsOf = null;
    this.taken = null;
  }

  /** Has a model judge the session's dialogues, and shows the results with its scores. */
  async judge(sessionId: string): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    this.judging = { done: 0, total: 0 };
    await this.#attempt(async () => {
      try {
        const dialogues = await this.#dialogues(this.#session(sessionId));
        const judged = await this.deps.judge(
          dialogues,
          (progress) => {
            this.judging = progress;
          },
          stop.signal,
        );
        this.#judged.set(sessionId, judged);
      } catch (reason) {
        if (isAbort(reason)) return;
        throw reason;
      } finally {
        this.judging = null;
      }
      await this.#compute(sessionId);
    });
  }

  /** Calls the judge off. */
  stop(): void {
    this.#stop?.abort();
  }

  async #compute(sessionId: string): Promise<void> {
    const session = this.#session(sessionId);
    const rows = await this.#open().listSheets(sessionId);
    const merged = mergeRatings([fileOf(session, rows)]);
    const judged = this.#judged.get(sessionId) ?? null;
    const results = await this.deps.results(merged, await this.#dialogues(session), judged);
    this.#ratings = results.ratings;
    this.results = { section: ratingSection(results, judged?.info), board: boardView(results) };
    this.resultsOf = sessionId;
  }

  /** Kept ones, and what ships if the session is about it. */
  async #dialogues({ plan, transcripts }: RatingSession): Promise<Dialogue[]> {
    const held = await this.deps.rated(plan);
    if (held.length >= transcripts.length) return held;
    const known = new Set(held.map(({ id }) => id));
    return [...held, ...(await this.deps.shipped()).filter(({ id }) => !known.has(id))];
  }

  async #plan(request: PlanRequest, dialogues: readonly Dialogue[]): Promise<string> {
    const { session, leftOut } = planSession(dialogues, request, this.deps.now());
    await this.#open().saveSession(session);
    const originals = session.plan.items.length - repeatsOf(session.plan.items).size;
    this.made = {
      id: session.plan.id,
      few: originals < request.count ? originals : null,
      leftOut: leftOut.map(({ count, why }) => `${String(count)}: ${why}`),
    };
    await this.#refresh();
    return session.plan.id;
  }

  async #refresh(): Promise<void> {
    const repository = this.#open();
    const sessions = await repository.listSessions();
    this.#held = new Map(sessions.map((session) => [session.plan.id, session]));
    this.sessions = await Promise.all(
      sessions.map(async ({ plan }) => ({
        id: plan.id,
        title: plan.title,
        mode: plan.mode,
        items: plan.items.length,
        minutes: plan.minutes,
        createdAt: plan.createdAt,
        sheets: (await repository.listSheets(plan.id)).map(({ id, own, sheet }) => ({
          id,
          own,
          rater: sheet.rater,
          answered: sheet.answers.length,
          asked: plan.items.length * ratingQuestions.length,
        })),
      })),
    );
  }

  #session(id: string): RatingSession {
    const session = this.#held.get(id);
    if (session) return session;
    throw new LabError('bad-input', 'That session is not kept here any more. Open its file again.');
  }

  #open(): RatingRepository {
    if (this.#repository) return this.#repository;
    throw new LabError('storage-closed', 'The storage is not open. Reload the page.');
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | null> {
    this.error = null;
    this.busy = true;
    try {
      return await work();
    } catch (reason) {
      this.error = toErrorData(reason);
      return null;
    } finally {
      this.busy = false;
    }
  }
}

function fileOf({ plan }: RatingSession, rows: readonly StoredSheet[]) {
  return { name: 'here', plan, sheets: rows.map(({ sheet }) => sheet) };
}

async function dialoguesOfFile(file: File): Promise<Dialogue[]> {
  const { dialogues, problems } = await readDialogues(file.stream());
  if (dialogues.length > 0) return dialogues;
  const [first] = problems;
  throw new LabError(
    'bad-input',
    `${file.name} holds no dialogue record. ${first ? `Line ${String(first.line)}: ${first.reason}` : 'It is empty.'}`,
  );
}
