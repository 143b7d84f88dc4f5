import type { Action, ActionType, Role } from '../../lib/contracts/action';
import type { ItemId } from '../../lib/contracts/catalogue';
import { actionOrder, maxActions } from '../../lib/action/rules';
import type { FilmAnswer } from '../../lib/profile/redial';

/** What is known about a turn when its actions get their items. */
export interface TurnFacts {
  role: Role;
  /** What the tagger says the turn does. */
  types: readonly ActionType[];
  /** Catalogue items that the turn names. */
  named: readonly ItemId[];
  /** Items that anyone named before. */
  namedBefore: ReadonlySet<ItemId>;
  /** Items recommended before, oldest first. */
  recommended: readonly ItemId[];
  /** Items of the recommendation just before this turn. */
  latest: readonly ItemId[];
  /** Items that the user's brief says are known. */
  known: ReadonlySet<ItemId>;
  answers: ReadonlyMap<string, FilmAnswer>;
}

/** What a feedback action may say about a film, given the questionnaire. */
const agrees: Partial<Record<ActionType, (answer: FilmAnswer | undefined) => boolean>> = {
  seen: (answer) => answer?.seen !== false,
  accept: (answer) => answer?.liked !== false,
  reject: (answer) => answer?.liked !== true,
};

/** The films that a feedback action of the user is about: those it names, else the latest recommended ones. */
function feedbackItems(
  type: ActionType,
  facts: TurnFacts,
  taken: readonly ItemId[],
): readonly ItemId[] {
  const own = facts.named.filter((item) => facts.recommended.includes(item));
  const candidates = (own.length > 0 ? own : facts.latest).filter(
    (item) => !taken.includes(item) && agrees[type]?.(facts.answers.get(item)) === true,
  );
  if (type !== 'accept') return candidates.slice(0, maxActions);
  // Whoever takes one of several takes one that is new to them.
  const unseen = candidates.filter((item) => facts.answers.get(item)?.seen === false);
  return (unseen.length > 0 ? unseen : candidates).slice(0, maxActions);
}

function userAction(type: ActionType, facts: TurnFacts, taken: readonly ItemId[]): Action | null {
  if (type in agrees) {
    const items = feedbackItems(type, facts, taken);
    return items.length === 0 ? null : { type, items };
  }
  const recommended = new Set(facts.recommended);
  const items =
    type === 'inform'
      ? facts.named.filter((item) => facts.known.has(item))
      : type === 'ask'
        ? facts.named.filter((item) => recommended.has(item) && !taken.includes(item))
        : [];
  return items.length === 0 ? { type } : { type, items: items.slice(0, maxActions) };
}

function userActions(facts: TurnFacts): Action[] {
  const actions: Action[] = [];
  for (const type of facts.types) {
    // A film may be both seen and refused, but not taken and refused.
    const taken = actions
      .filter((action) => !(type === 'reject' && action.type === 'seen'))
      .flatMap((action) => action.items ?? []);
    const action = userAction(type, facts, taken);
    if (action !== null) actions.push(action);
  }
  if (actions.length > 0) return actions;
  return [facts.named.length > 0 ? { type: 'inform' } : { type: 'chat' }];
}

/**
 * A film that nobody named before is recommended by naming it: the program counts any other mention as a
 * violation, so the action line must own up to it.
 */
function recommenderActions(facts: TurnFacts): Action[] {
  const fresh = facts.named.filter((item) => !facts.namedBefore.has(item));
  const again = facts.named.filter((item) => facts.recommended.includes(item));
  const types = new Set(facts.types);
  if (fresh.length > 0) types.add('recommend');
  else types.delete('recommend');
  if (types.size === 0)
    types.add(facts.types.includes('recommend') && again.length > 0 ? 'answer' : 'chat');
  return actionOrder('recommender')
    .filter((type) => types.has(type))
    .map((type): Action => {
      if (type === 'recommend') return { type, items: fresh };
      return type === 'answer' && again.length > 0
        ? { type, items: again.slice(0, maxActions) }
        : { type };
    });
}

/** The turn's actions with their items, in the order of an action line, at most three. */
export function actionsOf(facts: TurnFacts): readonly Action[] {
  const actions = facts.role === 'user' ? userActions(facts) : recommenderActions(facts);
  if (actions.length <= maxActions) return actions;
  // What names a film must stay.
  const light = actions.filter((action) => action.items === undefined).map((action) => action.type);
  const dropped = new Set(light.slice(0, actions.length - maxActions));
  return actions
    .filter((action) => !dropped.has(action.type) || action.items !== undefined)
    .slice(0, maxActions);
}
