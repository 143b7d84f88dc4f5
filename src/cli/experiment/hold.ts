import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isAbort, LabError } from '../../lib/contracts/errors';
import type { Experiment } from '../../lib/contracts/experiment';
import type { Profile } from '../../lib/contracts/profile';
import type { ExperimentPlan, PlannedRun } from '../../lib/dialogue/experiment-plan';
import type { HeldRun } from '../../lib/report';
import type { EngineDeps } from '../simulate/engines';
import { readPlan, type EngineChoice } from '../simulate/plan';
import { simulate, type SimulationResult } from '../simulate/run';
import { simulateArgsOf } from './run-args';

export interface HoldDeps {
  experiment: Experiment;
  plan: ExperimentPlan;
  profiles: readonly Profile[];
  root: string;
  /** The experiment's folder, absolute. */
  out: string;
  engine: EngineChoice;
  simulateArgs: readonly string[];
  buildSite: EngineDeps['buildSite'];
  signal: AbortSignal;
  say: (line: string) => void;
}

/** Files of a system under a setting, with the dialogues of all its seeds. */
export interface HeldFile {
  setting: string;
  /** Of nothing but the plan's dialogues. */
  path: string;
}

export interface Held {
  runs: readonly HeldRun[];
  files: readonly HeldFile[];
  interrupted: boolean;
}

const profilesFile = (out: string, setting: string) => join(out, `profiles-${setting}.jsonl`);

/**
 * Holds an experiment's runs one after the other, each as `npm run simulate` does: what is on disk is not held again. A run
 * that fails is told of and hurts no other. Errors: `bad-config` when the folder holds another experiment,
 * `storage-unavailable`.
 */
export async function holdExperiment(deps: HoldDeps): Promise<Held> {
  const { plan, out, say } = deps;
  await prepareFolder(deps);
  const runs: HeldRun[] = [];
  const kept = new Map<string, { setting: string; ids: Set<string> }>();
  for (const [i, run] of plan.runs.entries()) {
    say(`\n${String(i + 1)} of ${String(plan.runs.length)}: ${run.name}, seed ${String(run.seed)}`);
    const { held, result } = await holdOne(run, deps);
    runs.push(held);
    const path = join(out, `${run.name}.jsonl`);
    const file = kept.get(path) ?? { setting: run.setting, ids: new Set<string>() };
    result?.dialogues.forEach(({ id }) => file.ids.add(id));
    kept.set(path, file);
    if (result?.interrupted === true) return { runs, files: [], interrupted: true };
  }
  const files: HeldFile[] = [];
  for (const [path, { setting, ids }] of kept) {
    if (ids.size > 0) files.push({ setting, path: await planned(path, ids) });
  }
  return { runs, files, interrupted: false };
}

async function prepareFolder({ experiment, profiles, plan, out }: HoldDeps): Promise<void> {
  const file = join(out, 'experiment.json');
  try {
    if (existsSync(file)) {
      const { id } = JSON.parse(await readFile(file, 'utf8')) as { id?: unknown };
      if (id !== experiment.id) {
        throw new LabError(
          'bad-config',
          `${out} holds another experiment, "${String(id)}". Choose another folder with --out.`,
        );
      }
    }
    await mkdir(out, { recursive: true });
    await writeFile(file, `${JSON.stringify(experiment, null, 2)}\n`);
    const byId = new Map(profiles.map((profile) => [profile.id, profile]));
    for (const { setting, profileIds } of plan.runs) {
      const lines = profileIds
        .flatMap((id) => byId.get(id) ?? [])
        .map((one) => JSON.stringify(one));
      await writeFile(profilesFile(out, setting), `${lines.join('\n')}\n`);
    }
  } catch (reason) {
    if (reason instanceof LabError) throw reason;
    throw new LabError(
      'storage-unavailable',
      `The folder ${out} cannot be read or written. Choose another with --out.`,
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}

async function holdOne(
  run: PlannedRun,
  deps: HoldDeps,
): Promise<{ held: HeldRun; result: SimulationResult | null }> {
  const { experiment, root, out, engine, simulateArgs, buildSite, signal, say } = deps;
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  const args = simulateArgsOf(run, {
    domain: experiment.domain,
    profiles: relative(cwd, profilesFile(out, run.setting)),
    out: relative(cwd, join(out, `${run.name}.jsonl`)),
    engine,
    scripted: experiment.scripted === true,
    rest: simulateArgs,
  });
  const base = {
    system: run.system,
    setting: run.setting,
    seed: run.seed,
    command: `npm run simulate -- ${args.join(' ')}`,
  };
  const fail = (problem: string) => {
    say(`${run.name} failed: ${problem}`);
    return { ...base, runId: null, dialogues: 0, secondsEach: null, problem };
  };
  try {
    const result = await simulate({
      plan: readPlan(args, process.env),
      root,
      cwd,
      stderr: process.stderr,
      buildSite,
      signal,
      clock: Date.now,
    });
    const { dialogues, heldBefore, failure, seconds } = result;
    const now = dialogues.length - heldBefore;
    const failed = dialogues.filter(({ outcome }) => outcome?.status === 'failed').length;
    const problem =
      failure?.message ??
      (failed > 0 ? `${String(failed)} of its dialogues failed; run the command again.` : null);
    if (problem !== null) say(`${run.name}: ${problem}`);
    return {
      held: {
        ...base,
        runId: result.run.id,
        dialogues: dialogues.length,
        secondsEach: now > 0 ? seconds.dialogues / now : null,
        problem,
      },
      result,
    };
  } catch (reason) {
    if (isAbort(reason) || signal.aborted || !(reason instanceof LabError)) throw reason;
    return { held: fail(reason.message), result: null };
  }
}

/** A file with the plan's dialogues alone: the one they are in, unless it holds others of an earlier plan too. */
async function planned(path: string, ids: ReadonlySet<string>): Promise<string> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const own = lines.filter((line) => ids.has((JSON.parse(line) as { id: string }).id));
  if (own.length === lines.length) return path;
  const selected = path.replace(/\.jsonl$/, '.planned.jsonl');
  await writeFile(selected, `${own.join('\n')}\n`);
  return selected;
}
