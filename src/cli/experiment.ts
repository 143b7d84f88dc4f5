import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Experiment } from '../lib/contracts/experiment';
import { LabError } from '../lib/contracts/errors';
import { planExperiment, type ExperimentPlan } from '../lib/dialogue/experiment-plan';
import { experimentPresets } from '../lib/dialogue/experiment-presets';
import type { ModelsAtHand } from '../lib/dialogue/experiment-seats';
import { tableToMarkdown } from '../lib/report';
import { build } from './bootstrap/build.mjs';
import { quotedCommand } from './evaluate';
import { exitCodes, guarded } from './exit';
import { holdExperiment } from './experiment/hold';
import {
  experimentFlags,
  readExperimentOptions,
  type ExperimentOptions,
} from './experiment/options';
import { reportExperiment } from './experiment/report';
import { interruptSignal } from './interrupt';
import { helpText } from './options';
import { loadDomain, loadProfiles } from './simulate/domain-files';
import { installedModels } from './simulate/models';
import type { EngineChoice } from './simulate/plan';

const about =
  'Holds an experiment, systems x profiles x seeds x settings, evaluates it and writes its report. Running the same\n' +
  'command again goes on where it ended.';

/** `npm run experiment`. */
export function main(args: readonly string[], root: string): Promise<number> {
  return guarded(async () => {
    const cwd = process.env['INIT_CWD'] ?? process.cwd();
    const absolute = (path: string) => (isAbsolute(path) ? path : join(cwd, path));
    const options = readExperimentOptions(args, absolute);
    if (options.help) {
      process.stdout.write(helpText('npm run experiment -- [options]', about, experimentFlags));
      return exitCodes.ok;
    }
    const { experiment } = options;
    if (experiment === null) {
      for (const { id, title, about: asked } of experimentPresets) {
        process.stdout.write(`${id.padEnd(20)}${title}. ${asked}\n`);
      }
      return exitCodes.ok;
    }
    const say = (line: string) => process.stderr.write(`${line}\n`);
    const engine = engineOf(experiment, options.engine, root);
    const domain = await loadDomain(root, experiment.domain);
    const file = options.profiles === null ? domain.profiles : absolute(options.profiles);
    const { profiles } = await loadProfiles(file, domain.catalogue);
    const plan = planExperiment(experiment, profiles, modelsOf(experiment, options, engine, root));
    tellPlan(experiment, plan, engine, say);
    if (options.planOnly) return exitCodes.ok;
    const out =
      options.out === null
        ? join(root, 'runs', 'experiments', experiment.id)
        : absolute(options.out);
    const deps = { experiment, plan, profiles, root, out, engine, say };
    const held = await holdExperiment({
      ...deps,
      simulateArgs: options.simulateArgs,
      buildSite: () => build(root, say),
      signal: interruptSignal(say),
    });
    if (held.interrupted) return exitCodes.interrupted;
    const document = await reportExperiment({
      ...deps,
      held,
      human: options.human,
      resamples: options.resamples,
      permutations: options.permutations,
      command: quotedCommand('experiment', args),
    });
    for (const { title, text, tables } of document.sections.slice(0, -1)) {
      const parts = [title, ...text, ...tables.map(tableToMarkdown)];
      process.stdout.write(`${parts.join('\n\n')}\n\n`);
    }
    return held.runs.some(({ problem }) => problem !== null) ? exitCodes.engine : exitCodes.ok;
  });
}

/** `native` where it is installed: it is the fastest here, and holds several dialogues at once. */
function engineOf(experiment: Experiment, asked: EngineChoice | null, root: string): EngineChoice {
  if (experiment.scripted === true) return 'scripted';
  if (asked !== null) return asked;
  return existsSync(join(root, 'node_modules', 'node-llama-cpp')) ? 'native' : 'auto';
}

function modelsOf(
  experiment: Experiment,
  { standIns }: ExperimentOptions,
  engine: EngineChoice,
  root: string,
): ModelsAtHand {
  // A server's models, a checkpoint's path, the script: names that no list here has.
  const open = engine === 'http' || engine === 'native' || engine === 'scripted';
  if (experiment.scripted === true) return { models: [], open: true };
  try {
    return { models: installedModels(root), standIns, open: open && engine === 'http' };
  } catch (reason) {
    if (!(reason instanceof LabError) || reason.code !== 'model-missing') throw reason;
    return { models: [], standIns, open };
  }
}

function tellPlan(
  experiment: Experiment,
  { runs, leftOut, short, dialogues }: ExperimentPlan,
  engine: EngineChoice,
  say: (line: string) => void,
): void {
  say(
    `${experiment.title}: ${String(runs.length)} runs, ${String(dialogues)} dialogues, on ${engine}.`,
  );
  for (const { name, seed, profileIds, seats } of runs) {
    const seat = ({ name: who, model }: { name: string; model: string | null }) =>
      model === null ? who : who === 'model' ? model : `${who} (${model})`;
    say(
      `  ${name}: ${seat(seats.user)} with ${seat(seats.recommender)}, ${String(profileIds.length)} profiles, seed ${String(seed)}`,
    );
  }
  leftOut.forEach(({ title, reason }) => {
    say(`  left out: ${title}. ${reason}`);
  });
  short.forEach(({ title, profiles }) => {
    say(`  ${title}: only ${String(profiles)} profiles are of it.`);
  });
}
