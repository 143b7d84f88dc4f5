import type { Attribute, DomainPack, FactCard } from '../contracts/catalogue';
import type { Role } from '../contracts/action';
import type { ChatMessage } from '../contracts/engine';
import type { Patience, Talkativeness, UserBrief } from '../contracts/profile';
import type { OwnTurn, RecommenderView, UserView } from '../contracts/view';
import { formatTurn } from '../action/format';
import { phraseAttribute, renderFactCard } from '../domain/card';
import { cleanText } from '../prompt/clean';
import { noticedCard } from '../prompt/noticed-card';
import { recommenderPrompt, userPrompt, type RolePrompt } from '../prompt/request';

/** What no role may see at once: both sides of the dialogue, and the targets. Both views hold the same turns. */
export interface CounterpartView {
  user: UserView;
  recommender: RecommenderView;
  targets: readonly FactCard[];
}

const patienceWords: Record<Patience, string> = {
  low: 'Loses patience soon.',
  normal: '',
  high: 'Is very patient.',
};

const talkWords: Record<Talkativeness, string> = {
  brief: 'Says little.',
  normal: '',
  chatty: 'Likes to chat.',
};

const names: Record<Role, string> = { user: 'Customer', recommender: 'Recommender' };

function wishes(attributes: readonly Attribute[], pack: DomainPack): string {
  return attributes.map((attribute) => cleanText(phraseAttribute(attribute, pack))).join('; ');
}

/** The system message: the targets, the customer, how the turns of both sides are written. */
export function counterpartSystem(view: CounterpartView, pack: DomainPack): string {
  const { brief } = view.user;
  const { item, consume } = pack.words;
  const about = [
    cleanText(brief.summary),
    brief.patience ? patienceWords[brief.patience] : '',
    brief.talkativeness ? talkWords[brief.talkativeness] : '',
  ];
  return [
    `You write both sides of a chat between a customer who looks for a ${item} to ${consume} and a recommender.`,
    `In the end the recommender recommends, and the customer takes:`,
    ...view.targets.map((card) => `- ${renderFactCard(card, pack)}`),
    `About the customer: ${about.filter((part) => part !== '').join(' ')}`,
    `The customer wants: ${brief.wanted.length === 0 ? 'anything good' : wishes(brief.wanted, pack)}.`,
    ...(brief.unwanted.length === 0
      ? []
      : [`The customer does not want: ${wishes(brief.unwanted, pack)}.`]),
    `First write the actions of whose turn it is in brackets, then one line that is said.`,
    `Customer: [inform], [ask], [accept: ${item}], [reject: ${item}], [seen: ${item}], [chat], [bye].`,
    `Recommender: [ask], [recommend: ${item}], [answer], [chat], [bye].`,
  ].join('\n');
}

/** Tells whose turn it is; before the customer's, the facts of what was named for the first time, as the user simulator reads them. */
function heading(
  role: Role,
  cards: readonly FactCard[],
  brief: UserBrief,
  pack: DomainPack,
): ChatMessage {
  const facts = cards.map((card) => `- ${noticedCard(card, brief, pack)}`);
  return { role: 'user', content: [...facts, `${names[role]}:`].join('\n') };
}

/** The turn as its side wrote it, and the cards that it brings up; the targets' stand in the system message. */
function written(view: CounterpartView, index: number): { turn: OwnTurn; cards: FactCard[] } {
  const [seen, other] = [view.user.turns[index], view.recommender.turns[index]];
  if (seen?.by === 'self') return { turn: seen, cards: [] };
  if (seen === undefined || other?.by !== 'self') {
    throw new RangeError(`The two views differ at turn ${String(index)}.`);
  }
  const known = new Set(view.targets.map((card) => card.item));
  return { turn: other, cards: seen.cards.filter((card) => !known.has(card.item)) };
}

/** Whose turn is next: the user opens, then the roles take turns. */
function next({ user }: CounterpartView): Role {
  return user.turns.at(-1)?.by === 'self' ? 'recommender' : 'user';
}

/**
 * The counterpart's prompt: one model that is handed the targets writes every turn, each asked for by a heading. Append-only:
 * the messages of a longer dialogue begin with these, so one cache serves both sides.
 */
export function counterpartMessages(view: CounterpartView, pack: DomainPack): ChatMessage[] {
  const messages: ChatMessage[] = [
    { role: 'system', content: counterpartSystem(view, pack) },
    heading('user', [], view.user.brief, pack),
  ];
  view.user.turns.forEach(({ by }, i) => {
    const { turn, cards } = written(view, i);
    messages.push(
      { role: 'assistant', content: formatTurn(turn.actions, cleanText(turn.text)) },
      heading(by === 'self' ? 'recommender' : 'user', cards, view.user.brief, pack),
    );
  });
  return messages;
}

/**
 * The counterpart's prompt and the grammar of the side whose turn it is, the same as that side's own model has.
 *
 * @param candidates labels that can be recommended
 */
export function counterpartPrompt(
  view: CounterpartView,
  pack: DomainPack,
  candidates: readonly string[],
  slate: number,
): RolePrompt {
  const { grammar } =
    next(view) === 'user'
      ? userPrompt(view.user, pack, slate)
      : recommenderPrompt(view.recommender, pack, candidates, slate);
  return { messages: counterpartMessages(view, pack), grammar };
}
