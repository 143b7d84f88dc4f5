import type { Profile, UserBrief } from '../../lib/contracts/profile';
import type { Catalogue } from '../../lib/domain/catalogue';
import { createRandom, deriveSeed, shuffled, type Random } from '../../lib/domain/random';
import { toBrief } from '../../lib/profile/brief';
import type { FilmAnswer, RedialDialogue } from '../../lib/profile/redial';
import type { Split } from '../../lib/profile/split';
import { buildTurns } from './build-turns';
import { counterDialogue } from './counter';
import {
  counterpartExample,
  recommenderExample,
  userExample,
  writes,
  type Example,
  type Learner,
  type LearnableTurn,
} from './example';
import { dropReason } from './keep';
import type { Labels } from './labels';
import { mannerOf } from './manner';
import { userOpens, type Opened } from './opening';
import type { PrepareReport } from './report';
import { sourceTurns } from './source-turns';
import { spokenProfile } from './spoken-profile';
import { takenFilms } from './targets';

export interface PrepareInput {
  labels: Labels;
  catalogue: Catalogue;
  keptId: (id: string) => string;
  /** The profile that was made from a dialogue; `null` where none could be. */
  profileOf: (dialogue: RedialDialogue) => Profile | null;
  /** Made-up dialogues per training profile, 0 or more. */
  counters: number;
  seed: number;
  /** Which part of the data a seeker's dialogues belong to. */
  splitOf: (seeker: string) => PreparedSplit;
  report: PrepareReport;
}

/** The parts of the data: a file for training is split by seeker, one for reporting is all `test`. */
export type PreparedSplit = Split | 'test';

/** An example and the part of the data that it belongs to. */
export interface PlacedExample {
  split: Exclude<PreparedSplit, 'shown'>;
  example: Example;
}

function keptAnswers(
  { answers }: RedialDialogue,
  keptId: (id: string) => string,
): ReadonlyMap<string, FilmAnswer> {
  return new Map([...answers].map(([id, answer]) => [keptId(id), answer]));
}

function tallyLearned(
  learner: Learner,
  turns: readonly LearnableTurn[],
  report: PrepareReport,
): void {
  for (const { turn, learn } of turns) {
    if (!writes(learner, turn.role) || !learn) continue;
    report.learned.add(`${learner} turns`);
    turn.actions.forEach((action) => {
      report.learned.add(`${learner} ${action.type}`);
    });
  }
}

/** The human dialogue for one learner. For the recommender nothing of the profile is used. */
function humanTurns(
  learner: Learner,
  dialogue: RedialDialogue,
  opened: Opened,
  profile: Profile | null,
  input: PrepareInput,
): LearnableTurn[] {
  const turns = buildTurns(
    {
      conversation: dialogue.id,
      turns: opened.turns,
      firstIsContext: opened.firstIsContext,
      labels: input.labels,
      answers: keptAnswers(dialogue, input.keptId),
      names: dialogue.names,
      known: profile === null ? [] : [...profile.liked, ...profile.disliked],
      // What the counterpart accepts is a target: told so, it need not fit.
      wishes: learner === 'counterpart' ? null : profile,
      catalogue: input.catalogue,
      // All examples say the same words.
      random: createRandom(deriveSeed('titles', input.seed, dialogue.id)),
    },
    (speaker, reason) => {
      if (writes(learner, speaker)) input.report.context.add(`${learner} ${reason}`);
    },
  );
  tallyLearned(learner, turns, input.report);
  return turns;
}

/** The program's profiles draw their manner; a human dialogue has its own, a made-up one has none. */
function withoutManner(profile: Profile, catalogue: Catalogue): UserBrief {
  const { summary, wanted, unwanted, known } = toBrief(profile, catalogue);
  return { summary, wanted, unwanted, known };
}

/** A dialogue with the brief that its user is given. */
interface Briefed {
  id: string;
  /** Which made-up dialogue of its profile; `null`: the human one. */
  madeUp: number | null;
  brief: UserBrief;
  /** What the person answered about the films; nothing where there was no person. */
  answers: ReadonlyMap<string, FilmAnswer>;
  turnsFor(learner: Learner): readonly LearnableTurn[];
}

/** The human dialogue under a brief that agrees with it, then made-up ones under the program's own. */
function briefedDialogues(
  dialogue: RedialDialogue,
  opened: Opened,
  split: PreparedSplit,
  input: PrepareInput,
  random: Random,
): readonly Briefed[] {
  const { catalogue, report, keptId } = input;
  const built = input.profileOf(dialogue);
  const answers = keptAnswers(dialogue, keptId);
  const profile = spokenProfile(dialogue, opened.turns, answers, catalogue, random) ?? built;
  if (profile === null) {
    report.dropped.add('no-profile (not for the recommender)');
    return [];
  }
  report.profiles.add(profile === built ? 'from likes' : 'from words');
  const human: Briefed = {
    id: dialogue.id,
    madeUp: null,
    brief: { ...withoutManner(profile, catalogue), ...mannerOf(opened.turns, random) },
    answers,
    turnsFor: (learner) => humanTurns(learner, dialogue, opened, profile, input),
  };
  if (split !== 'train' || built === null) return [human];
  const madeUp = Array.from({ length: input.counters }, (_, i): Briefed => {
    const turns = counterDialogue({ profile: built, catalogue, random });
    return {
      id: `${dialogue.id}-counter-${String(i)}`,
      madeUp: i,
      brief: withoutManner(built, catalogue),
      answers: new Map(),
      turnsFor: () => turns,
    };
  });
  return [human, ...madeUp];
}

/** One dialogue for the user simulator, and for the counterpart where a film is taken: that is the target it is handed. */
function briefedExamples(briefed: Briefed, input: PrepareInput): readonly (Example | null)[] {
  const { id, madeUp, brief, answers } = briefed;
  const { catalogue, report } = input;
  const turns = briefed.turnsFor('user');
  const user = userExample(madeUp === null ? `${id}-user` : id, brief, turns, catalogue);
  // A made-up dialogue teaches one side only, and the counterpart has two to learn: one a profile will do.
  if (madeUp !== null && madeUp > 0) return [user];
  const spoken = turns.map(({ turn }) => turn);
  const taken = takenFilms(spoken, answers);
  report.targets.add(`${madeUp === null ? 'human' : 'made-up'} ${String(taken.length)}`);
  if (taken.length === 0) return [user];
  const targets = shuffled(taken, createRandom(deriveSeed('targets', input.seed, id)));
  const both = briefed.turnsFor('counterpart');
  return [user, counterpartExample(`${id}-counterpart`, brief, targets, both, catalogue)];
}

/** All examples of one dialogue, for both roles and the counterpart; none where it is left out. */
export function prepareDialogue(
  dialogue: RedialDialogue,
  input: PrepareInput,
): readonly PlacedExample[] {
  const { report, catalogue, keptId } = input;
  const split = input.splitOf(dialogue.seeker);
  report.dialogues.add(split);
  if (split === 'shown') return [];
  const source = sourceTurns(dialogue, keptId);
  const reason = dropReason(dialogue, source, keptId);
  if (reason !== null) {
    report.dropped.add(reason);
    return [];
  }
  const random = createRandom(deriveSeed('prepare', input.seed, dialogue.id));
  const opened = userOpens(source, random);
  report.openings.add(opened.opening);
  const forRecommender = humanTurns('recommender', dialogue, opened, null, input);
  const examples = [
    recommenderExample(`${dialogue.id}-recommender`, forRecommender, catalogue),
    ...briefedDialogues(dialogue, opened, split, input, random).flatMap((briefed) =>
      briefedExamples(briefed, input),
    ),
  ];
  return examples.flatMap((example) => (example === null ? [] : [{ split, example }]));
}
