import type { DomainPack } from '../contracts/catalogue';
import type { ChatMessage } from '../contracts/engine';
import type { RecommenderView, RoleView, UserView } from '../contracts/view';
import { actionGrammar } from '../action/grammar';
import { recommenderMessages } from './recommender';
import { userMessages } from './user';

/** All of a request that depends on what a role may know: the firewall's whole surface. */
export interface RolePrompt {
  messages: readonly ChatMessage[];
  grammar: string;
}

/** The user simulator's prompt and grammar: feedback can name what was recommended, `inform` what is known. */
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
 * The recommender's prompt and grammar.
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
    }),
  };
}
