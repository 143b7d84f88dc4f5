import type { DialogueConfig } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import type { Experiment, ExperimentSetting, ExperimentSystem } from '../contracts/experiment';
import type { Profile } from '../contracts/profile';
import { createRandom, shuffled } from '../domain/random';
import { trySeats, type ModelsAtHand, type TakenSeats } from './experiment-seats';
import { defaultConfig } from './start';

/** One run of an experiment: a system under a setting with a seed. */
export interface PlannedRun {
  system: string;
  setting: string;
  /** Its system, and its setting where there are several: names a file. */
  name: string;
  seed: number;
  config: DialogueConfig;
  seats: TakenSeats;
  engines: NonNullable<ExperimentSystem['engines']>;
  profileIds: readonly string[];
}

/** What an experiment comes to here and now. */
export interface ExperimentPlan {
  runs: readonly PlannedRun[];
  /** Systems that cannot be run, with why. */
  leftOut: readonly { system: string; title: string; reason: string }[];
  /** Settings that have fewer profiles than were asked for. */
  short: readonly { setting: string; title: string; profiles: number }[];
  dialogues: number;
}

/** More would fill a disk before anyone looks at it. */
const mostDialogues = 1_000_000;

/** A setting as a dialogue's config; a counterpart has the whole catalogue on offer. */
export function configOfSetting(
  setting: ExperimentSetting,
  trace: boolean,
  counterpart: boolean,
): DialogueConfig {
  const { sampling, maxTurns, candidates } = defaultConfig;
  const { temperature } = setting;
  const changed = temperature === undefined ? {} : { temperature };
  const chosen = setting.candidates === undefined ? candidates : setting.candidates;
  return {
    ...defaultConfig,
    maxTurns: setting.maxTurns ?? maxTurns,
    candidates: counterpart ? null : chosen,
    sampling: {
      user: { ...sampling.user, ...changed },
      recommender: { ...sampling.recommender, ...changed },
    },
    trace,
  };
}

/** The profiles of a setting: the same for every system and seed, drawn by the experiment's first seed. */
export function profilesOfSetting(
  profiles: readonly Profile[],
  { anonymity }: ExperimentSetting,
  { dialogues, seeds }: Pick<Experiment, 'dialogues' | 'seeds'>,
): readonly Profile[] {
  const [least, most] = anonymity ?? [0, Infinity];
  const fitting = profiles.filter(
    (profile) => profile.anonymity >= least && profile.anonymity <= most,
  );
  return shuffled(fitting, createRandom(seeds[0] ?? 1)).slice(0, dialogues);
}

/**
 * An experiment as runs, in order: system by system, so that an interrupted one has whole systems. The same experiment,
 * profiles and models give the same plan, in the page and in the command.
 *
 * Errors: `bad-config` when no system can be run, when a setting has no profile, or when it is too much.
 */
export function planExperiment(
  experiment: Experiment,
  profiles: readonly Profile[],
  at: ModelsAtHand,
): ExperimentPlan {
  const { systems, settings, seeds, trace } = experiment;
  const bySetting = settings.map((setting) => ({
    setting,
    chosen: profilesOfSetting(profiles, setting, experiment),
  }));
  const empty = bySetting.find(({ chosen }) => chosen.length === 0);
  if (empty) {
    throw new LabError(
      'bad-config',
      `No profile is of the setting "${empty.setting.title}". Choose another range of anonymity, or other profiles.`,
    );
  }
  const runs: PlannedRun[] = [];
  const leftOut: ExperimentPlan['leftOut'][number][] = [];
  for (const system of systems) {
    const seats = trySeats(system, at);
    if (typeof seats === 'string') {
      leftOut.push({ system: system.id, title: system.title, reason: seats });
      continue;
    }
    for (const { setting, chosen } of bySetting) {
      for (const seed of seeds) {
        runs.push({
          system: system.id,
          setting: setting.id,
          name: settings.length === 1 ? system.id : `${system.id}-${setting.id}`,
          seed,
          config: configOfSetting(setting, trace, seats.counterpart),
          seats,
          engines: system.engines ?? {},
          profileIds: chosen.map(({ id }) => id),
        });
      }
    }
  }
  const dialogues = runs.reduce((sum, { profileIds }) => sum + profileIds.length, 0);
  if (runs.length === 0) {
    const why = [...new Set(leftOut.map(({ reason }) => reason))].join(' ');
    throw new LabError('bad-config', `No system of the experiment can be run. ${why}`);
  }
  if (dialogues > mostDialogues) {
    throw new LabError(
      'bad-config',
      `This comes to ${String(dialogues)} dialogues; at most ${String(mostDialogues)} can be planned at once. Choose fewer.`,
    );
  }
  const short = bySetting
    .filter(({ chosen }) => chosen.length < experiment.dialogues)
    .map(({ setting, chosen }) => ({
      setting: setting.id,
      title: setting.title,
      profiles: chosen.length,
    }));
  return { runs, leftOut, short, dialogues };
}

/** Settings that differ in nothing but whom they are about share a system's name, and must be evaluated apart. */
export function settingsApart({ settings }: Pick<Experiment, 'settings'>): boolean {
  const keys = settings.map((setting) => JSON.stringify(configOfSetting(setting, false, false)));
  return new Set(keys).size < keys.length;
}
