import { readFileSync } from 'node:fs';
import { engineKinds } from '../../lib/contracts/engine';
import { LabError } from '../../lib/contracts/errors';
import type { Experiment } from '../../lib/contracts/experiment';
import { experimentPresets } from '../../lib/dialogue/experiment-presets';
import { readExperiment } from '../../lib/dialogue/experiment-read';
import type { StandIns } from '../../lib/dialogue/experiment-seats';
import { choiceOf, numberOf, readOptions, textOf, type Flags, type Given } from '../options';
import type { EngineChoice } from '../simulate/plan';

export const experimentFlags: Flags = {
  preset: { value: 'NAME', help: 'an experiment that the program brings along; --list names them' },
  file: { value: 'FILE', help: 'an experiment of your own, as JSON' },
  list: { help: 'names the presets' },
  plan: { help: 'says what would be run, and ends' },
  out: {
    value: 'DIR',
    help: 'dialogues (one file a system), the experiment and report/',
    default: 'runs/experiments/<id>',
  },
  dialogues: {
    value: 'N',
    help: 'dialogues of each system, setting and seed',
    default: "the experiment's",
  },
  seeds: { value: 'LIST', help: 'such as 1,2,3', default: "the experiment's" },
  only: { value: 'LIST', help: 'some systems alone, by id' },
  engine: {
    value: 'KIND',
    help: `auto, ${engineKinds.join(', ')}`,
    default: 'native where it is installed, else auto',
  },
  user: { value: 'ID', help: 'the model that stands for the shipped user simulator' },
  recommender: { value: 'ID', help: 'the model that stands for the shipped recommender' },
  counterpart: { value: 'ID', help: 'the model that stands for the shipped counterpart' },
  'zero-shot': { value: 'ID', help: 'the model that is used zero-shot', default: 'the base' },
  profiles: { value: 'FILE', help: 'profiles to be', default: "the domain's own" },
  human: {
    value: 'FILE',
    help: "people's dialogues, to measure the distance to; nothing of them is kept",
  },
  slots: { value: 'N', help: 'native, http: dialogues in flight at once', default: '4' },
  threads: { value: 'N', help: 'wasm: threads of each seat', default: 'one a core, 8 at most' },
  endpoint: { value: 'URL', help: 'http: base address of an OpenAI-compatible server' },
  'api-key-env': { value: 'VAR', help: 'http: the environment variable that holds the key' },
  'grammar-field': { value: 'NAME', help: 'http: how it takes a grammar', default: 'none' },
  unconstrained: { help: 'allow turns without a grammar where the engine cannot hold one' },
  resamples: { value: 'N', help: 'bootstrap draws of the report', default: '1000' },
  permutations: { value: 'N', help: 'permutations of a comparison', default: '4999' },
};

/** Flags that `npm run simulate` takes as they are. */
const passedOn = ['slots', 'threads', 'endpoint', 'api-key-env', 'grammar-field'];

export interface ExperimentOptions {
  help: boolean;
  list: boolean;
  planOnly: boolean;
  /** `null` where help or the list was asked for. */
  experiment: Experiment | null;
  standIns: StandIns;
  engine: EngineChoice | null;
  out: string | null;
  profiles: string | null;
  human: string | null;
  resamples: number;
  permutations: number;
  /** For every simulation. */
  simulateArgs: readonly string[];
}

/** Reads the command line. @param open a file's path as it was typed, made absolute. Errors: `bad-config`, `bad-input`. */
export function readExperimentOptions(
  args: readonly string[],
  open: (path: string) => string,
): ExperimentOptions {
  const given = readOptions(args, experimentFlags);
  const asked = given['help'] === true || given['list'] === true;
  const engines = ['auto', ...engineKinds] as const;
  const standIn = (name: string, key: keyof StandIns) => {
    const id = textOf(given, name);
    return id === undefined ? {} : { [key]: id };
  };
  return {
    help: given['help'] === true,
    list: given['list'] === true,
    planOnly: given['plan'] === true,
    experiment: asked ? null : changed(chosen(given, open), given),
    standIns: {
      ...standIn('user', 'user'),
      ...standIn('recommender', 'recommender'),
      ...standIn('counterpart', 'both'),
      ...standIn('zero-shot', 'zero-shot'),
    },
    engine:
      textOf(given, 'engine') === undefined ? null : choiceOf(given, 'engine', 'auto', engines),
    out: textOf(given, 'out') ?? null,
    profiles: textOf(given, 'profiles') ?? null,
    human: textOf(given, 'human') ?? null,
    resamples: numberOf(given, 'resamples', 1000, { least: 0, most: 100_000 }),
    permutations: numberOf(given, 'permutations', 4999, { least: 1, most: 1_000_000 }),
    simulateArgs: [
      ...passedOn.flatMap((name) => {
        const value = textOf(given, name);
        return value === undefined ? [] : [`--${name}`, value];
      }),
      ...(given['unconstrained'] === true ? ['--unconstrained'] : []),
    ],
  };
}

function chosen(given: Given, open: (path: string) => string): Experiment {
  const [preset, file] = [textOf(given, 'preset'), textOf(given, 'file')];
  const names = experimentPresets.map(({ id }) => id).join(', ');
  if ((preset === undefined) === (file === undefined)) {
    throw new LabError('bad-config', `Choose --preset NAME (${names}) or --file FILE.`);
  }
  if (file !== undefined) return readExperiment(json(open(file)));
  const found = experimentPresets.find(({ id }) => id === preset);
  if (found) return found;
  throw new LabError('bad-config', `There is no preset "${preset ?? ''}". There are: ${names}.`);
}

function json(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (reason) {
    throw new LabError(
      'bad-input',
      `${path} cannot be read as JSON. Check the name and the file.`,
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}

function changed(experiment: Experiment, given: Given): Experiment {
  const words = (name: string) =>
    textOf(given, name)
      ?.split(',')
      .map((word) => word.trim());
  const only = words('only');
  const stranger = only?.find((id) => !experiment.systems.some((system) => system.id === id));
  if (stranger !== undefined) {
    const ids = experiment.systems.map(({ id }) => id).join(', ');
    throw new LabError('bad-config', `There is no system "${stranger}". There are: ${ids}.`);
  }
  const kept = (id: string) => only?.includes(id) ?? true;
  // What was changed goes through the same checks as a file.
  return readExperiment({
    ...experiment,
    dialogues: numberOf(given, 'dialogues', experiment.dialogues, { least: 1, most: 100_000 }),
    seeds: words('seeds')?.map(Number) ?? experiment.seeds,
    systems: experiment.systems.filter(({ id }) => kept(id)),
    tables: experiment.tables
      .map((table) => ({ ...table, systems: table.systems.filter(kept) }))
      .filter(({ systems }) => systems.length > 0),
  });
}
