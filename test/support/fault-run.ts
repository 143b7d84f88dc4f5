import type { Page } from 'playwright-core';
import { createRandom } from '../../src/lib/domain/random';
import type { RunMessage } from '../../src/lib/state/runs-channel';
import { startKillableBrowser } from './killable-browser';
import { readQueue, readStored, type Stored } from './stored';

/** What is done to a run, and which run. */
export interface FaultPlan {
  /** Address of the site, with a slash at the end. */
  url: string;
  /** Profile of the browser that is killed. */
  profile: string;
  kills: number;
  /** Decides the moments. */
  seed: number;
  /** A browser is killed at most so many milliseconds after its run has gone on. */
  within: number;
  run: { profiles: number; perProfile: number; maxTurns: number; engine?: string };
  /** How many runs there are at least, one after the other; 1 unless told. */
  runs?: number;
}

export interface Kill {
  /** Milliseconds after the run was set going, or after its first turn since. */
  after: number;
  /** Turns that the page had reported as committed, all sessions together. */
  reported: number;
  /** Of these, how many the next session did not find as they were. */
  lost: number;
  /** Finished dialogues that the page had told and the next session did not find. */
  lostDialogues: number;
}

/** All that is known from outside of a run that is being killed; plain data, to go on with another day. */
export interface FaultLog {
  kills: Kill[];
  /** "dialogue index" -> raw text of each turn whose commit was reported. */
  committed: Record<string, string>;
  /** Turns whose commit was reported twice. */
  doubled: number;
  /** Most dialogues that the page told as finished, by run of the queue. */
  finished: Record<string, number>;
}

export const emptyLog = (): FaultLog => ({ kills: [], committed: {}, doubled: 0, finished: {} });

const keyOf = (dialogueId: string, index: number) => `${dialogueId} ${String(index)}`;

/** Kills the browser again and again in the middle of its runs, then lets them come to their end; what is stored then. */
export async function killAndGoOn(
  plan: FaultPlan,
  log: FaultLog,
  save: (log: FaultLog) => void = () => undefined,
): Promise<Stored> {
  // An interrupted series goes on with the moments that it would have had.
  const random = createRandom(plan.seed);
  for (let i = 0; i < log.kills.length; i++) random();
  for (;;) {
    const isLast = log.kills.length >= plan.kills;
    const { context, kill } = await startKillableBrowser(plan.profile);
    try {
      const page = context.pages()[0] ?? (await context.newPage());
      await listen(page, log);
      await page.goto(`${plan.url}runs`);
      await page.getByRole('heading', { name: 'Queue' }).waitFor({ timeout: 120_000 });
      let stored = await readStored(page);
      judge(log, stored);
      save(log);
      if (isLast) {
        while (stored.queue.length < (plan.runs ?? 1) || !allDone(stored)) {
          // What was left is gone on with; else another run is begun.
          const least = stored.queue.length + (allDone(stored) ? 1 : 0);
          await goOn(page, plan, stored);
          await theEnd(page, least);
          stored = await readStored(page);
        }
        return stored;
      }
      await goOn(page, plan, stored);
      // Every fourth time from the click on, which may be before anything was said; else from the first turn on.
      if (log.kills.length % 4 !== 3) await anotherTurn(log);
      const after = Math.round(random() * plan.within);
      await new Promise((done) => setTimeout(done, after));
      const reported = Object.keys(log.committed).length;
      log.kills.push({ after, reported, lost: 0, lostDialogues: 0 });
    } finally {
      await kill();
    }
    save(log);
  }
}

/** Waits for the next turn that is reported; not for ever, because there may be none left. */
async function anotherTurn({ committed }: FaultLog): Promise<void> {
  const before = Object.keys(committed).length;
  const until = Date.now() + 180_000;
  while (Object.keys(committed).length === before && Date.now() < until) {
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** Waits until all runs are done; there are to be so many at least. Errors: when one fails. */
async function theEnd(page: Page, least: number): Promise<void> {
  for (;;) {
    await new Promise((done) => setTimeout(done, 500));
    const queue = await readQueue(page);
    const statuses = queue.map(({ status }) => status);
    if (statuses.includes('failed')) throw new Error('A run failed.');
    const isOver = statuses.every((status) => status === 'done');
    if (isOver && queue.length >= Math.max(1, least)) return;
  }
}

const allDone = ({ queue }: Stored) => queue.every(({ status }) => status === 'done');

/** Hears what the page reports: each turn that the database says is on disk, and what the runs tell of themselves. */
async function listen(page: Page, log: FaultLog): Promise<void> {
  await page.exposeFunction('reportTurn', (dialogueId: string, index: number, raw: string) => {
    const key = keyOf(dialogueId, index);
    if (key in log.committed) log.doubled += 1;
    log.committed[key] = raw;
  });
  await page.exposeFunction('reportRuns', (message: RunMessage) => {
    if (message.kind !== 'progress') return;
    const { queuedId, done } = message.snapshot;
    log.finished[queuedId] = Math.max(log.finished[queuedId] ?? 0, done);
  });
  await page.addInitScript(() => {
    const { reportTurn, reportRuns } = globalThis as unknown as {
      reportTurn(dialogueId: string, index: number, raw: string): Promise<void>;
      reportRuns(message: unknown): Promise<void>;
    };
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (value: unknown, key?: IDBValidKey) {
      if (this.name === 'turns') {
        const row = value as { dialogueId: string; index: number; turn: { raw: string } };
        this.transaction.addEventListener('complete', () => {
          void reportTurn(row.dialogueId, row.index, row.turn.raw);
        });
      }
      return add.call(this, value, key);
    };
    new BroadcastChannel('interplay-lab:runs').addEventListener('message', (event) => {
      void reportRuns(event.data);
    });
  });
}

/** Holds what was reported before the last kill against what is stored. */
function judge(log: FaultLog, stored: Stored): void {
  const last = log.kills.at(-1);
  if (!last) return;
  const turns = new Map(stored.turns.map(([id, index, raw]) => [keyOf(id, index), raw]));
  const isKept = ([key, raw]: [string, string]) => turns.get(key) === raw;
  last.lost = Object.entries(log.committed).filter((entry) => !isKept(entry)).length;
  last.lostDialogues = stored.queue
    .map(({ id, runId }) => {
      const over = stored.dialogues.filter(
        (one) => one.runId === runId && one.status !== 'running',
      );
      return Math.max(0, (log.finished[id] ?? 0) - over.length);
    })
    .reduce((sum, lost) => sum + lost, 0);
}

/** Sets going what the last session left, or another run if it left none. */
async function goOn(page: Page, plan: FaultPlan, { queue }: Stored): Promise<void> {
  const press = (name: string) =>
    page.getByRole('button', { name, exact: true }).first().click({ timeout: 60_000 });
  if (queue.some(({ status }) => status === 'running')) return press('Go on');
  if (queue.some(({ status }) => status === 'waiting')) return press('Start the queue');
  const fill = async (label: string, value: number) => {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(String(value));
    await field.blur();
  };
  await fill('Profiles', plan.run.profiles);
  await fill('Dialogues per profile', plan.run.perProfile);
  await fill('Most turns', plan.run.maxTurns);
  await fill('Seed', plan.seed + queue.length);
  if (plan.run.engine !== undefined) {
    await page.getByLabel('Engine', { exact: true }).selectOption({ label: plan.run.engine });
  }
  await press('Add and start');
}
