import type { ActionType } from '../contracts/action';
import type { DomainPack } from '../contracts/catalogue';
import type { ChatMessage } from '../contracts/engine';
import type { LabelledAction, RecommenderView, RoleView, UserView } from '../contracts/view';
import { actionGrammar, type ActionScope, type Leaves } from '../action/grammar';
import { turnsOfPatience } from '../action/rules';
import { recommenderMessages } from './recommender';
import { userMessages } from './user';

/** All of a request that depends on what a role may know: the firewall's whole surface. */
export interface RolePrompt {
  messages: readonly ChatMessage[];
  grammar: string;
}

/** A role's own actions of one type, oldest first. */
function ownActions({ turns }: RoleView, type: ActionType): readonly LabelledAction[] {
  return turns.flatMap((turn) =>
    turn.by === 'self' ? turn.actions.filter((action) => action.type === type) : [],
  );
}

/** Whether the user may say goodbye: with something taken, or when its patience is at its end. */
function userLeaves(view: UserView): Leaves {
  const spoken = view.turns.filter((turn) => turn.by === 'self').length;
  const bears = turnsOfPatience[view.brief.patience ?? 'normal'];
  return ownActions(view, 'accept').length > 0 || spoken >= bears ? 'always' : 'after-accept';
}

/**
 * What the user simulator's next action line can say: feedback can name what was recommended, `inform` what is known. Patience
 * is held by the grammar too: small models leave at the first pleasantry.
 */
export function userScope(view: UserView, slate: number): ActionScope {
  return {
    role: 'user',
    slate,
    items: {
      accept: view.recommended,
      reject: view.recommended,
      seen: view.recommended,
      ask: view.recommended,
      inform: view.brief.known,
    },
    leaves: userLeaves(view),
  };
}

/** The user simulator's prompt, and its grammar by `userScope`. */
export function userPrompt(view: UserView, pack: DomainPack, slate: number): RolePrompt {
  return {
    messages: userMessages(view, pack),
    grammar: actionGrammar(userScope(view, slate)),
  };
}

/** Labels that a role's own actions of one type have named, oldest first, each once. */
function ownItems(view: RoleView, type: ActionType): readonly string[] {
  return [...new Set(ownActions(view, type).flatMap((action) => action.items ?? []))];
}

/**
 * The recommender's prompt and grammar. While something is left to recommend only the user ends the talk: small models
 * say goodbye at the first thanks.
 *
 * @param candidates labels that can be recommended now. They stand in the grammar only: in the prompt
 *   they would change every turn and cost the cache.
 */
export function recommenderPrompt(
  view: RecommenderView,
  pack: DomainPack,
  candidates: readonly string[],
  slate: number,
): RolePrompt {
  return {
    messages: recommenderMessages(view, pack),
    grammar: actionGrammar({
      role: 'recommender',
      slate,
      items: { recommend: candidates, answer: ownItems(view, 'recommend') },
      leaves: candidates.length === 0 ? 'always' : 'never',
    }),
  };
}
