import type { Role } from '../../lib/contracts/action';
import type { Profile, UserBrief } from '../../lib/contracts/profile';
import type { Catalogue } from '../../lib/domain/catalogue';
import { createRandom, deriveSeed, type Random } from '../../lib/domain/random';
import { toBrief } from '../../lib/profile/brief';
import type { FilmAnswer, RedialDialogue } from '../../lib/profile/redial';
import { splitOf, type Split } from '../../lib/profile/split';
import { buildTurns } from './build-turns';
import { counterDialogue } from './counter';
import { recommenderExample, userExample, type Example, type LearnableTurn } from './example';
import { dropReason } from './keep';
import type { Labels } from './labels';
import { mannerOf } from './manner';
import { userOpens, type Opened } from './opening';
import type { PrepareReport } from './report';
import { sourceTurns } from './source-turns';
import { spokenProfile } from './spoken-profile';

export interface PrepareInput {
  labels: Labels;
  catalogue: Catalogue;
  keptId: (id: string) => string;
  /** The profile that was made from a dialogue; `null` where none could be. */
  profileOf: (dialogue: RedialDialogue) => Profile | null;
  /** Made-up dialogues per training profile, 0 or more. */
  counters: number;
  seed: number;
  report: PrepareReport;
}

/** An example and the part of the data that it belongs to. */
export interface PlacedExample {
  split: Exclude<Split, 'shown'>;
  example: Example;
}

function keptAnswers(
  { answers }: RedialDialogue,
  keptId: (id: string) => string,
): ReadonlyMap<string, FilmAnswer> {
  return new Map([...answers].map(([id, answer]) => [keptId(id), answer]));
}

function tallyLearned(role: Role, turns: readonly LearnableTurn[], report: PrepareReport): void {
  for (const { turn, learn } of turns) {
    if (turn.role !== role || !learn) continue;
    report.learned.add(`${role} turns`);
    turn.actions.forEach((action) => {
      report.learned.add(`${role} ${action.type}`);
    });
  }
}

/** The human dialogue for one role. For the recommender nothing of the profile is used. */
function humanTurns(
  role: Role,
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
      wishes: profile,
      catalogue: input.catalogue,
      // Both roles' examples say the same words.
      random: createRandom(deriveSeed('titles', input.seed, dialogue.id)),
    },
    (speaker, reason) => {
      if (speaker === role) input.report.context.add(`${role} ${reason}`);
    },
  );
  tallyLearned(role, turns, input.report);
  return turns;
}

/** The program's profiles draw their manner; a human dialogue has its own, a made-up one has none. */
function withoutManner(profile: Profile, catalogue: Catalogue): UserBrief {
  const { summary, wanted, unwanted, known } = toBrief(profile, catalogue);
  return { summary, wanted, unwanted, known };
}

/** The human dialogue under a brief that agrees with it, then made-up ones under the program's own. */
function userExamples(
  dialogue: RedialDialogue,
  opened: Opened,
  split: Split,
  random: Random,
  input: PrepareInput,
): readonly (Example | null)[] {
  const { catalogue, report, keptId } = input;
  const built = input.profileOf(dialogue);
  const answers = keptAnswers(dialogue, keptId);
  const profile = spokenProfile(dialogue, opened.turns, answers, catalogue, random) ?? built;
  if (profile === null) {
    report.dropped.add('no-profile (user only)');
    return [];
  }
  report.profiles.add(profile === built ? 'from likes' : 'from words');
  const brief = { ...withoutManner(profile, catalogue), ...mannerOf(opened.turns, random) };
  const turns = humanTurns('user', dialogue, opened, profile, input);
  const human = userExample(`${dialogue.id}-user`, brief, turns, catalogue);
  if (split !== 'train' || built === null) return [human];
  const madeUp = Array.from({ length: input.counters }, (_, i) =>
    userExample(
      `${dialogue.id}-counter-${String(i)}`,
      withoutManner(built, catalogue),
      counterDialogue({ profile: built, catalogue, random }),
      catalogue,
    ),
  );
  return [human, ...madeUp];
}

/** All examples of one dialogue, for both roles; none where it is left out. */
export function prepareDialogue(
  dialogue: RedialDialogue,
  input: PrepareInput,
): readonly PlacedExample[] {
  const { report, catalogue, keptId } = input;
  const split = splitOf(dialogue.seeker);
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
    ...userExamples(dialogue, opened, split, random, input),
  ];
  return examples.flatMap((example) => (example === null ? [] : [{ split, example }]));
}
