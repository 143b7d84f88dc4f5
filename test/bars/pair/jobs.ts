import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { NativeEngine } from '../../../src/lib/engine/native/engine';
import { durationText } from '../../../src/cli/simulate/progress';
import type { PairModel } from './models';

/** What a bar asks of a model, apart from dialogues. */
export type Judge = Pick<NativeEngine, 'logProbabilities' | 'choose'>;

/** Copies of a model, a thread each: independent questions need no threads that wait for each other. */
export async function withJudges<T>(
  model: PairModel,
  count: number,
  work: (judges: readonly Judge[]) => Promise<T>,
): Promise<T> {
  const engines: NativeEngine[] = [];
  try {
    for (let i = 0; i < count; i++) {
      const engine = new NativeEngine({ slots: 1, threads: 1 });
      engines.push(engine);
      await engine.load(model);
    }
    return await work(engines);
  } finally {
    for (const engine of engines) await engine.unload();
  }
}

/**
 * Does every job once and keeps the results in a file of JSON lines, so that an interrupted measurement goes on.
 * Jobs are handed out in order; results come back in the jobs' order.
 */
export async function resumable<J extends { key: string }, R>(
  jobs: readonly J[],
  file: string,
  workers: readonly ((job: J) => Promise<R>)[],
  say: (text: string) => void = () => undefined,
): Promise<R[]> {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && !readFileSync(file, 'utf8').endsWith('\n')) appendFileSync(file, '\n');
  const held = readable<R>(file);
  const open = jobs.filter(({ key }) => !held.has(key));
  const started = Date.now();
  let done = 0;
  let shown = started;
  const queue = [...open];
  const work = async (run: (job: J) => Promise<R>) => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const result = await run(job);
      held.set(job.key, result);
      appendFileSync(file, `${JSON.stringify({ key: job.key, result })}\n`);
      done += 1;
      if (Date.now() - shown < 15_000) continue;
      shown = Date.now();
      const left = ((shown - started) / 1000 / done) * (open.length - done);
      say(`${String(done)} of ${String(open.length)}, time left ${durationText(left)}`);
    }
  };
  const ends = await Promise.allSettled(
    workers.map((run) =>
      work(run).catch((reason: unknown) => {
        queue.length = 0;
        throw reason;
      }),
    ),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return jobs.map(({ key }) => {
    const result = held.get(key);
    if (result === undefined) throw new Error(`No answer for ${key}.`);
    return result;
  });
}

/** A line that a crash cut off is done again. */
function readable<R>(file: string): Map<string, R> {
  const held = new Map<string, R>();
  if (!existsSync(file)) return held;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    try {
      const { key, result } = JSON.parse(line) as { key: string; result: R };
      held.set(key, result);
    } catch {
      continue;
    }
  }
  return held;
}
