import type { ItemId } from '../../lib/contracts/catalogue';
import type { Turn } from '../../lib/contracts/dialogue';
import type { Catalogue } from '../../lib/domain/catalogue';
import type { Random } from '../../lib/domain/random';
import { formatTurn } from '../../lib/action/format';
import { unmodelled } from '../../lib/dialogue/agent';
import { readTurn } from '../../lib/dialogue/read-turn';
import { labelled, namedItems, recommendedItems } from '../../lib/dialogue/views';
import type { Action, Role } from '../../lib/contracts/action';
import type { FilmAnswer } from '../../lib/profile/redial';
import { fits, type Wishes } from '../../lib/profile/fit';
import { actionsOf } from './actions';
import type { LearnableTurn } from './example';
import { labelKey, type Labels } from './labels';
import { filmIds, type SourceTurn } from './source-turns';
import { writeTitles } from './titles';

/** Why writing a turn is not learned; it stays as context. */
export type ContextReason =
  /** It answers something that was dropped, or is ours. */
  | 'opening'
  /** The tagger knows nothing of it. */
  | 'unlabelled'
  /** The program would count a violation, such as a film that the brief does not name. */
  | 'violation'
  /** More films than a slate holds. */
  | 'slate'
  /** It would be cut off. */
  | 'long'
  /** It accepts what its brief and the fact card speak against. */
  | 'accepts-misfit';

/** Most words of a turn: about 60 tokens, and the action line comes before them. */
const mostWords = 45;
const mostRecommended = 3;

export interface TurnsInput {
  conversation: string;
  turns: readonly SourceTurn[];
  firstIsContext: boolean;
  labels: Labels;
  /** By catalogue id. */
  answers: ReadonlyMap<string, FilmAnswer>;
  /** The source's names of films that the catalogue lacks. */
  names: ReadonlyMap<string, string>;
  /** Items that the user's brief names. */
  known: readonly ItemId[];
  /** The user's wishes; `null` when only the recommender is learned. */
  wishes: Wishes | null;
  catalogue: Catalogue;
  random: Random;
}

/** A turn as the program would have recorded it, had a model put it out. */
export function spokenTurn(
  role: Role,
  actions: readonly Action[],
  text: string,
  earlier: readonly Turn[],
  known: readonly ItemId[],
  catalogue: Catalogue,
): Turn {
  const raw = formatTurn(
    actions.map((action) => labelled(action, catalogue)),
    text,
  );
  return readTurn(role, unmodelled(raw, 0), earlier, known, catalogue, false);
}

function contextReason(
  turn: Turn,
  wishes: Wishes | null,
  catalogue: Catalogue,
): ContextReason | null {
  if (turn.violations.length > 0) return 'violation';
  const itemsOf = (type: string) =>
    turn.actions.find((action) => action.type === type)?.items ?? [];
  if (itemsOf('recommend').length > mostRecommended) return 'slate';
  if (turn.text.split(' ').length > mostWords) return 'long';
  const misfit = itemsOf('accept').some((id) => {
    const item = catalogue.byId(id);
    return wishes !== null && item !== null && !fits(item, wishes);
  });
  return misfit ? 'accepts-misfit' : null;
}

/** The human dialogue as the program's turns; `onContext` hears of every turn that is not learned, and why. */
export function buildTurns(
  input: TurnsInput,
  onContext: (role: Role, reason: ContextReason) => void = () => undefined,
): LearnableTurn[] {
  const { catalogue, known, random } = input;
  const result: LearnableTurn[] = [];
  input.turns.forEach((source, i) => {
    const earlier = result.map(({ turn }) => turn);
    const types = input.labels.get(labelKey(input.conversation, source.message));
    const last = earlier.at(-1);
    const actions = actionsOf({
      role: source.role,
      types: types ?? [],
      named: filmIds(source.text).filter((id) => catalogue.byId(id) !== null),
      namedBefore: new Set(earlier.flatMap(namedItems)),
      recommended: recommendedItems(earlier),
      latest: last?.role === 'recommender' ? recommendedItems([last]) : [],
      known: new Set(known),
      answers: input.answers,
    });
    const text = writeTitles(source.text, catalogue, input.names, random);
    const turn = spokenTurn(
      source.role,
      actions,
      text,
      earlier,
      source.role === 'user' ? known : [],
      catalogue,
    );
    const reason: ContextReason | null =
      i === 0 && input.firstIsContext
        ? 'opening'
        : types === undefined
          ? 'unlabelled'
          : contextReason(turn, input.wishes, catalogue);
    if (reason !== null) onContext(source.role, reason);
    result.push({ turn, learn: reason === null });
  });
  return result;
}
