import type { ItemId } from '../../../src/lib/contracts/catalogue';
import type { Profile } from '../../../src/lib/contracts/profile';
import type { UserBrief } from '../../../src/lib/contracts/profile';
import type { UserView } from '../../../src/lib/contracts/view';
import type { Labels } from '../../../src/cli/prepare/labels';
import { filmIds } from '../../../src/cli/prepare/source-turns';
import { spokenProfile } from '../../../src/cli/prepare/spoken-profile';
import { userView } from '../../../src/lib/dialogue/views';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import { createRandom, deriveSeed, type Random } from '../../../src/lib/domain/random';
import { buildProfiles } from '../../../src/lib/profile/build';
import { toBrief } from '../../../src/lib/profile/brief';
import { splitOf } from '../../../src/lib/profile/split';
import { writeSummary } from '../../../src/lib/profile/summary';
import { programTurns, type HumanDialogue, type Part } from './human';

/** A film that a person was recommended, and what they made of it. */
export interface HumanQuestion {
  key: string;
  group: string;
  part: Part;
  liked: boolean;
  /** Whether they had seen it before; `null`: they did not say. */
  seen: boolean | null;
  label: string;
  /** Where the profile comes from: what was said, other films' answers, or neither. */
  profileFrom: 'words' | 'likes' | 'nothing';
  view: UserView;
}

/** The person as far as they can be known without the judged film and what was said after it came up. */
function profileWithout(
  dialogue: HumanDialogue,
  film: ItemId,
  before: number,
  catalogue: Catalogue,
  random: Random,
): { profile: Profile; from: HumanQuestion['profileFrom'] } {
  const answers = new Map([...dialogue.answers].filter(([id]) => id !== film));
  const source = { ...dialogue.source, answers };
  const turns = dialogue.turns.slice(0, before);
  const spoken = spokenProfile(source, turns, answers, catalogue, random);
  if (spoken !== null) return { profile: spoken, from: 'words' };
  const [built] = buildProfiles([source], catalogue, {
    seed: 1,
    dataset: 'ReDial',
    licence: 'CC BY 4.0',
    splitOf: ({ seeker }) => splitOf(seeker),
  }).profiles;
  if (built !== undefined) return { profile: built, from: 'likes' };
  const named = new Set(
    turns.filter(({ role }) => role === 'user').flatMap((t) => filmIds(t.text)),
  );
  const likes = (liked: boolean) =>
    [...answers].flatMap(([id, answer]) =>
      named.has(id) && answer.liked === liked && answer.seen !== false
        ? (catalogue.byId(id) ?? [])
        : [],
    );
  const [liked, disliked] = [likes(true).slice(0, 3), likes(false).slice(0, 1)];
  const facts = { liked, disliked, tastes: [], unwanted: [] };
  return {
    from: 'nothing',
    profile: {
      schemaVersion: 1,
      id: `bare-${dialogue.source.id}`,
      domain: catalogue.pack.id,
      summary: writeSummary(facts, catalogue.pack, random),
      wanted: [],
      unwanted: [],
      liked: liked.map(({ id }) => id),
      disliked: disliked.map(({ id }) => id),
      targets: [],
      anonymity: 0,
      source: { dataset: 'ReDial', split: splitOf(source.seeker), licence: 'CC BY 4.0' },
    },
  };
}

interface Judged {
  dialogue: HumanDialogue;
  film: ItemId;
  /** The recommender's turn that names it first. */
  turn: number;
  liked: boolean;
  seen: boolean | null;
}

/** Films that the recommender brought up and the seeker judged. */
function judgedFilms(dialogue: HumanDialogue, catalogue: Catalogue): Judged[] {
  return [...dialogue.answers].flatMap(([film, { suggested, liked, seen }]): Judged[] => {
    if (!suggested || liked === null || catalogue.byId(film) === null) return [];
    const turn = dialogue.turns.findIndex(({ text }) => filmIds(text).includes(film));
    if (turn < 1 || dialogue.turns[turn]?.role !== 'recommender') return [];
    return [{ dialogue, film, turn, liked, seen }];
  });
}

/**
 * Every film that a person turned down, and for each of these so many that they liked, drawn by seed: the area under
 * the curve does not depend on the proportion. Judged is the recommender's turn that names the film first.
 */
export function humanQuestions(
  dialogues: readonly HumanDialogue[],
  labels: Labels,
  catalogue: Catalogue,
  likedPerRefused: number,
  seed: number,
): HumanQuestion[] {
  const all = dialogues.flatMap((dialogue) => judgedFilms(dialogue, catalogue));
  const refused = all.filter(({ liked }) => !liked);
  const place = ({ dialogue, film }: Judged) =>
    deriveSeed('human-decision', seed, dialogue.source.id, film);
  const liked = all
    .filter((judged) => judged.liked)
    .sort((a, b) => place(a) - place(b))
    .slice(0, refused.length * likedPerRefused);
  return [...refused, ...liked].map((judged): HumanQuestion => {
    const { dialogue, film, turn } = judged;
    const random = createRandom(deriveSeed('human-profile', seed, dialogue.source.id, film));
    const { profile, from } = profileWithout(dialogue, film, turn, catalogue, random);
    const answers = new Map([...dialogue.answers].filter(([id]) => id !== film));
    const turns = programTurns(dialogue, turn + 1, labels, catalogue, profile, answers);
    const { summary, wanted, unwanted, known } = toBrief(profile, catalogue);
    const brief: UserBrief = { summary, wanted, unwanted, known };
    return {
      key: `${dialogue.source.id}/${film}`,
      group: dialogue.source.id,
      part: dialogue.part,
      liked: judged.liked,
      seen: judged.seen,
      label: catalogue.byId(film)?.label ?? film,
      profileFrom: from,
      view: userView(brief, turns, catalogue),
    };
  });
}
