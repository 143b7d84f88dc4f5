import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ItemId } from '../../../src/lib/contracts/catalogue';
import type { Turn } from '../../../src/lib/contracts/dialogue';
import type { Profile } from '../../../src/lib/contracts/profile';
import { buildTurns } from '../../../src/cli/prepare/build-turns';
import type { Labels } from '../../../src/cli/prepare/labels';
import { userOpens } from '../../../src/cli/prepare/opening';
import { sourceTurns, type SourceTurn } from '../../../src/cli/prepare/source-turns';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import { createRandom, deriveSeed } from '../../../src/lib/domain/random';
import { parseRedial, type FilmAnswer, type RedialDialogue } from '../../../src/lib/profile/redial';
import { splitOf } from '../../../src/lib/profile/split';

export type Part = 'validation' | 'test';
export const parts: readonly Part[] = ['validation', 'test'];

/** A human dialogue as the training data would show it: the user opens, one turn a side. */
export interface HumanDialogue {
  part: Part;
  source: RedialDialogue;
  turns: readonly SourceTurn[];
  firstIsContext: boolean;
  /** By catalogue id. */
  answers: ReadonlyMap<ItemId, FilmAnswer>;
}

export interface HumanData {
  dialogues: readonly HumanDialogue[];
  /** Training dialogues, for the turns that are labelled by hand. */
  labelled: readonly RedialDialogue[];
  keptId: (film: string) => ItemId;
}

const seed = 1;

/** One seeker's validation dialogues of train.jsonl, and all of test.jsonl, at most `limit` of each. */
export function readHumanData(
  root: string,
  redial: string,
  limit: number | null,
  handLabelled: ReadonlySet<string>,
): HumanData {
  const file = join(root, 'static/domains/movies/merged.json');
  const merged = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
    : {};
  const keptId = (film: string) => merged[film] ?? film;
  const read = (name: string) => parseRedial(readFileSync(join(redial, name), 'utf8'));
  const train = read('train.jsonl');
  const some = (part: Part, dialogues: readonly RedialDialogue[]) =>
    dialogues.slice(0, limit ?? dialogues.length).flatMap((source): HumanDialogue[] => {
      const spoken = sourceTurns(source, keptId);
      if (new Set(spoken.map(({ role }) => role)).size < 2) return [];
      const random = createRandom(deriveSeed('human', seed, source.id));
      const { turns, firstIsContext } = userOpens(spoken, random);
      const answers = new Map([...source.answers].map(([id, answer]) => [keptId(id), answer]));
      return [{ part, source, turns, firstIsContext, answers }];
    });
  return {
    dialogues: [
      ...some(
        'validation',
        train.filter(({ seeker }) => splitOf(seeker) === 'validation'),
      ),
      ...some('test', read('test.jsonl')),
    ],
    labelled: train.filter(({ id }) => handLabelled.has(id)),
    keptId,
  };
}

/** The dialogue's first turns as the program's; without a profile, as the recommender needs them. */
export function programTurns(
  dialogue: HumanDialogue,
  count: number,
  labels: Labels,
  catalogue: Catalogue,
  profile: Profile | null,
  answers: ReadonlyMap<ItemId, FilmAnswer> = dialogue.answers,
): readonly Turn[] {
  return buildTurns({
    conversation: dialogue.source.id,
    turns: dialogue.turns.slice(0, count),
    firstIsContext: dialogue.firstIsContext,
    labels,
    answers,
    names: dialogue.source.names,
    known: profile === null ? [] : [...profile.liked, ...profile.disliked],
    wishes: profile,
    catalogue,
    random: createRandom(deriveSeed('titles', seed, dialogue.source.id)),
  }).map(({ turn }) => turn);
}
