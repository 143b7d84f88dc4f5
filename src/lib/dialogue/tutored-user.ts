import type { ChatEngine } from '../contracts/engine';
import type { UserView } from '../contracts/view';
import { actionGrammar, type ActionScope } from '../action/grammar';
import type { Catalogue } from '../domain/catalogue';
import { userScope } from '../prompt/request';
import { userMessages } from '../prompt/user';
import type { UserAgent } from './agent';
import { askModel, modelUser } from './model-agent';
import { judgeByFacts } from './scripted-users';

/** The scope narrowed to what card and brief say of the films just named: one that fits is taken, no other can be. */
export function tutoredScope(view: UserView, slate: number): ActionScope {
  const scope = userScope(view, slate);
  const last = view.turns.at(-1);
  const cards = last?.by === 'other' ? last.cards : [];
  const fitting = cards
    .filter(
      (card) =>
        view.recommended.includes(card.label) &&
        !view.brief.known.includes(card.label) &&
        judgeByFacts(card, view.brief) === 'accept',
    )
    .map(({ label }) => label);
  if (fitting.length === 0) return { ...scope, items: { ...scope.items, accept: [] } };
  // Nothing but an accept can open the line.
  return { ...scope, items: { accept: fitting }, types: ['accept', 'bye'], leaves: 'after-accept' };
}

/**
 * A model in the user's seat whose grammar leaves it no choice of what to accept. For practice dialogues: the model meets the
 * situations that its own talk leads to, with the answer that it should have given. Not for measuring.
 */
export function tutoredUser(engine: ChatEngine, catalogue: Catalogue): UserAgent {
  const untutored = modelUser(engine, catalogue);
  const seat = () => {
    const record = untutored.seat();
    return { ...record, id: `${record.id} tutored` };
  };
  return {
    ...untutored,
    seat,
    respond: (view, request) =>
      askModel(
        engine,
        {
          messages: userMessages(view, catalogue.pack),
          grammar: actionGrammar(tutoredScope(view, request.slate)),
        },
        request,
      ),
  };
}
