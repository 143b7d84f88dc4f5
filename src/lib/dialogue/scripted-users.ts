import type { FactCard } from '../contracts/catalogue';
import type { UserBrief } from '../contracts/profile';
import type { LabelledAction, UserView } from '../contracts/view';
import { formatTurn } from '../action/format';
import { unmodelled, type UserAgent } from './agent';

type Judge = (card: FactCard, brief: UserBrief) => 'accept' | 'reject';

/** Accepts what fits by its fact card: at least half of the wanted attributes, none of the unwanted. */
export const judgeByFacts: Judge = (card, { wanted, unwanted }) => {
  const has = ({ type, value }: { type: string; value: string }) =>
    card.facts.some((fact) => fact.type === type && fact.value === value);
  const met = wanted.filter(has).length;
  return met * 2 >= wanted.length && !unwanted.some(has) ? 'accept' : 'reject';
};

function scriptedUser(id: string, judge: Judge): UserAgent {
  return {
    seat: () => ({ id, hash: null, promptVersion: null, engine: 'none' }),
    reset: () => Promise.resolve(),
    respond: (view) => Promise.resolve(unmodelled(speak(view, judge), 0)),
  };
}

function speak(view: UserView, judge: Judge): string {
  const said = view.turns.flatMap((turn) => (turn.by === 'self' ? turn.actions : []));
  if (said.some((action) => action.type === 'accept')) {
    return formatTurn([{ type: 'bye' }], 'Thank you, goodbye!');
  }
  const last = view.turns.at(-1);
  const cards = last?.by === 'other' ? last.cards : [];
  const judged = cards
    .filter((card) => view.recommended.includes(card.label))
    .map((card): LabelledAction => ({ type: judge(card, view.brief), items: [card.label] }));
  const accepted = judged.find((action) => action.type === 'accept');
  if (accepted) return formatTurn([accepted], 'That sounds right, I will take it.');
  const rejected = judged.flatMap((action) => action.items ?? []);
  const wish = wishOf(view);
  const inform: LabelledAction = { type: 'inform' };
  return rejected.length > 0
    ? formatTurn(
        [{ type: 'reject', items: rejected }, inform],
        `Not ${rejected.join(' and ')}. ${wish}`,
      )
    : formatTurn([inform], wish);
}

/** In other words every time: who repeats itself word for word is taken to be in a loop. */
const wishes = [
  'I am looking for something',
  'What I would like',
  'To say it again',
  'I want this',
];

function wishOf({ turns, brief }: UserView): string {
  const spoken = turns.filter((turn) => turn.by === 'self').length;
  const values = brief.wanted.map((attribute) => attribute.value).join(', ');
  return `${wishes[spoken % wishes.length] ?? ''}: ${values || 'anything good'}.`;
}

/** The control that every outcome metric must reward: it decides by the facts alone. */
export const honestUser = (): UserAgent => scriptedUser('honest', judgeByFacts);

/** The control that no metric may reward: it takes whatever is recommended. */
export const alwaysAcceptUser = (): UserAgent => scriptedUser('always-accept', () => 'accept');

/** The control that never takes anything. */
export const neverAcceptUser = (): UserAgent => scriptedUser('never-accept', () => 'reject');
