import type { ActionType } from '../contracts/action';
import type { FactCard } from '../contracts/catalogue';
import type { ChatEngine } from '../contracts/engine';
import type { UserView } from '../contracts/view';
import { actionGrammar, type ActionScope } from '../action/grammar';
import type { Catalogue } from '../domain/catalogue';
import { userScope } from '../prompt/request';
import { userMessages } from '../prompt/user';
import type { UserAgent } from './agent';
import { askModel, modelUser } from './model-agent';
import { judgeByFacts } from './scripted-users';

/**
 * The scope narrowed to what card and brief say of the films just recommended: a new one that fits is taken, a known one has
 * been seen, any other is refused, and where there is none the user says what it is after.
 */
export function tutoredScope(view: UserView, slate: number): ActionScope {
  const scope = userScope(view, slate);
  const last = view.turns.at(-1);
  const cards = (last?.by === 'other' ? last.cards : []).filter(({ label }) =>
    view.recommended.includes(label),
  );
  const labels = (which: (card: FactCard) => boolean) =>
    cards.filter(which).map(({ label }) => label);
  const known = ({ label }: FactCard) => view.brief.known.includes(label);
  const fitting = labels((card) => !known(card) && judgeByFacts(card, view.brief) === 'accept');
  const items = {
    ...scope.items,
    accept: fitting,
    seen: labels(known),
    reject: labels((card) => !known(card) && !fitting.includes(card.label)),
  };
  const feedback: readonly ActionType[] = fitting.length > 0 ? ['accept'] : ['seen', 'reject'];
  const open: readonly ActionType[] =
    scope.leaves === 'always' ? ['inform', 'ask', 'bye'] : ['inform', 'ask'];
  return { ...scope, items, opens: cards.length > 0 ? feedback : open };
}

/**
 * A model in the user's seat whose grammar leaves it no choice of what to think of a film. For practice dialogues: the model
 * meets the situations that its own talk leads to, with the answer that it should have given. Not for measuring.
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
