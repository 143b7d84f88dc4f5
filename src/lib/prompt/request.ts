import type { DomainPack } from '../contracts/catalogue';
import type { ChatMessage } from '../contracts/engine';
import type { RecommenderView, RoleView, UserView } from '../contracts/view';
import { actionGrammar, type Leaves } from '../action/grammar';
import { turnsOfPatience } from '../action/rules';
import { recommenderMessages } from './recommender';
import { userMessages } from './user';

/** All of a request that depends on what a role may know: the firewall's whole surface. */
export interface RolePrompt {
  messages: readonly ChatMessage[];
  grammar: string;
}

/** Whether the user may say goodbye: with something taken, or when its patience is at its end. */
function userLeaves({ brief, turns }: UserView): Leaves {
  const own = turns.flatMap((turn) => (turn.by === 'self' ? [turn] : []));
  const took = own.some(({ actions }) => actions.some(({ type }) => type === 'accept'));
  const bears = turnsOfPatience[brief.patience ?? 'normal'];
  return took || own.length >= bears ? 'always' : 'after-accept';
}

/**
 * The user simulator's prompt and grammar: feedback can name what was recommended, `inform` what is known. Patience is held by
 * the grammar too: small models leave at the first pleasantry.
 */
export function userPrompt(view: UserView, pack: DomainPack, slate: number): RolePrompt {
  return {
    messages: userMessages(view, pack),
    grammar: actionGrammar({
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
    }),
  };
}

/** Labels that a role's own actions of one type have named, oldest first, each once. */
function ownItems(view: RoleView, type: string): readonly string[] {
  const labels = view.turns.flatMap((turn) =>
    turn.by === 'self'
      ? turn.actions
          .filter((action) => action.type === type)
          .flatMap((action) => action.items ?? [])
      : [],
  );
  return [...new Set(labels)];
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
