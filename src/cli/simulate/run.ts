import { isAbsolute, join } from 'node:path';
import type { Dialogue } from '../../lib/contracts/dialogue';
import { isAbort, LabError } from '../../lib/contracts/errors';
import type { Run } from '../../lib/contracts/run';
import type { Profile } from '../../lib/contracts/profile';
import { runDialogues } from '../../lib/dialogue/run-many';
import { createRun, dialogueId } from '../../lib/dialogue/start';
import type { Catalogue } from '../../lib/domain/catalogue';
import { loadDomain, loadProfiles } from './domain-files';
import { loadEngines, type EngineDeps } from './engines';
import { createFileSink, pickProfiles } from './hold';
import type { SimulationPlan } from './plan';
import { createProgress, type Progress } from './progress';
import { openRunFile } from './run-file';
import { createSeats } from './seats';

/** What a simulation came to, whether or not it was interrupted. */
export interface SimulationResult {
  run: Run;
  out: string;
  /** The run's finished dialogues, in the run's order. */
  dialogues: readonly Dialogue[];
  catalogue: Catalogue;
  asked: number;
  /** Finished before this command began. */
  heldBefore: number;
  /** Dialogues of other runs in the same file. */
  foreign: number;
  why: readonly string[];
  seconds: { load: number; dialogues: number };
  interrupted: boolean;
  /** What ended the run early. */
  failure: LabError | null;
}

export interface SimulationDeps {
  plan: SimulationPlan;
  root: string;
  /** Where relative paths begin. */
  cwd: string;
  stderr: NodeJS.WriteStream;
  buildSite: EngineDeps['buildSite'];
  signal: AbortSignal;
  clock: () => number;
}

/** Runs a simulation to its end. Errors before the first dialogue are thrown, later ones are in the result. */
export async function simulate(deps: SimulationDeps): Promise<SimulationResult> {
  const { plan, root, clock, signal } = deps;
  const started = clock();
  const domain = await loadDomain(root, plan.domain);
  const profiles = await chooseProfiles(deps, domain.catalogue, domain.profiles);
  const note = (text: string) => deps.stderr.write(`${text}\n`);
  const { engines, slots, why, close } = await loadEngines({ ...deps, onStage: note });
  try {
    why.forEach(note);
    const { seats, ...seated } = createSeats({ ...plan, names: plan.seats, engines, domain });
    const profileIds = profiles.map((profile) => profile.id);
    const run = createRun({ ...plan, ...seated, profileIds }, started);
    const out =
      plan.out === null ? join(root, 'runs', `${run.id}.jsonl`) : absolute(deps, plan.out);
    const file = await openRunFile(out);
    reportFile(file, out, note);
    const ids = idsOf(run, profiles);
    const held = new Map([...file.dialogues].filter(([id]) => ids.includes(id)));
    const finished = new Map(held);
    const progress = createProgress({
      stream: deps.stderr,
      total: ids.length - held.size,
      maxTurns: plan.config.maxTurns,
      clock,
    });
    const begun = clock();
    const sink = createFileSink(out, progress, (dialogue) => finished.set(dialogue.id, dialogue));
    const end = await settle(
      runDialogues({
        run,
        profiles,
        catalogue: domain.catalogue,
        seats,
        slots,
        sink,
        held,
        clock,
        signal,
      }),
      progress,
    );
    return {
      run,
      out,
      dialogues: ids.flatMap((id) => finished.get(id) ?? []),
      catalogue: domain.catalogue,
      asked: ids.length,
      heldBefore: held.size,
      foreign: file.dialogues.size - held.size,
      why,
      seconds: { load: (begun - started) / 1000, dialogues: (clock() - begun) / 1000 },
      ...end,
    };
  } finally {
    await close();
  }
}

function absolute({ cwd }: SimulationDeps, path: string): string {
  return isAbsolute(path) ? path : join(cwd, path);
}

async function chooseProfiles(
  deps: SimulationDeps,
  catalogue: Catalogue,
  own: string,
): Promise<readonly Profile[]> {
  const { plan } = deps;
  const path = plan.profiles === null ? own : absolute(deps, plan.profiles);
  const { profiles, problems } = await loadProfiles(path, catalogue);
  for (const { line, reason } of problems) {
    deps.stderr.write(`${path}, line ${String(line)}: ${reason}\n`);
  }
  if (problems.length > 0 && (!plan.skipBadLines || profiles.length === 0)) {
    throw new LabError(
      'profile-invalid',
      `${String(problems.length)} of the file's lines are no profiles; they are named above. ` +
        'Correct them, or leave them out with --skip-bad-lines.',
    );
  }
  return pickProfiles(profiles, plan.dialogues, plan.seed);
}

function reportFile(
  file: Awaited<ReturnType<typeof openRunFile>>,
  out: string,
  note: (text: string) => void,
): void {
  if (file.movedTo !== null) {
    note(`The last line of ${out} was cut off; it was moved to ${file.movedTo}.`);
  }
  if (file.retried > 0) note(`${String(file.retried)} failed dialogues will be held again.`);
}

/** The ids of a run's dialogues, in order. */
function idsOf(run: Run, profiles: readonly Profile[]): readonly string[] {
  const used = new Map<string, number>();
  return profiles.map(({ id }) => {
    const repetition = used.get(id) ?? 0;
    used.set(id, repetition + 1);
    return dialogueId(run.id, id, repetition);
  });
}

async function settle(
  running: Promise<void>,
  progress: Progress,
): Promise<Pick<SimulationResult, 'interrupted' | 'failure'>> {
  try {
    await running;
    return { interrupted: false, failure: null };
  } catch (reason) {
    if (isAbort(reason)) return { interrupted: true, failure: null };
    if (reason instanceof LabError) return { interrupted: false, failure: reason };
    throw reason;
  } finally {
    progress.end();
  }
}
