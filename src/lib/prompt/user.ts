import type { Attribute, DomainPack, FactCard } from '../contracts/catalogue';
import type { ChatMessage } from '../contracts/engine';
import type { Patience, Talkativeness, UserBrief } from '../contracts/profile';
import type { UserView } from '../contracts/view';
import { formatTurn } from '../action/format';
import { phraseAttribute } from '../domain/card';
import { cleanText } from './clean';
import { noticedCard } from './noticed-card';

const patienceWords: Record<Patience, string> = {
  low: 'You lose patience soon.',
  normal: '',
  high: 'You are very patient.',
};

const talkWords: Record<Talkativeness, string> = {
  brief: 'You say little.',
  normal: '',
  chatty: 'You like to chat.',
};

function wishes(attributes: readonly Attribute[], pack: DomainPack): string {
  return attributes.map((attribute) => cleanText(phraseAttribute(attribute, pack))).join('; ');
}

/** The user simulator's system message: who it is, what it wants, how a turn is written. */
export function userSystem(view: UserView, pack: DomainPack): string {
  const { brief } = view;
  const { item, consume, consumed } = pack.words;
  const about = [
    cleanText(brief.summary),
    brief.patience ? patienceWords[brief.patience] : '',
    brief.talkativeness ? talkWords[brief.talkativeness] : '',
  ];
  return [
    `You are a customer who looks for a ${item} to ${consume}, in a chat with a recommender.`,
    `About you: ${about.filter((part) => part !== '').join(' ')}`,
    `You want: ${brief.wanted.length === 0 ? 'anything good' : wishes(brief.wanted, pack)}.`,
    ...(brief.unwanted.length === 0 ? [] : [`You do not want: ${wishes(brief.unwanted, pack)}.`]),
    `First write your actions in brackets: [inform] say what you like, [ask] ask about a ${item}, ` +
      `[accept: ${item}] take one that fits what you want, [reject: ${item}] refuse one that does not, ` +
      `[seen: ${item}] you have ${consumed} it, [chat], [bye]. Then write one line that you say.`,
    `Example:\n[inform]\nI am in the mood for a good ${item}, something that I have not ${consumed} yet.`,
  ].join('\n');
}

/** What stands for the recommender before anyone has spoken; not a turn of the dialogue. */
function opening(pack: DomainPack): string {
  return `Hello! What ${pack.words.item} are you looking for?`;
}

/** What the user hears: the words, then a line of facts for each item named for the first time. */
function heard(
  text: string,
  cards: readonly FactCard[],
  brief: UserBrief,
  pack: DomainPack,
): string {
  return [cleanText(text), ...cards.map((card) => `- ${noticedCard(card, brief, pack)}`)].join(
    '\n',
  );
}

/** The user simulator's prompt. Append-only: the messages of a longer dialogue begin with these. */
export function userMessages(view: UserView, pack: DomainPack): ChatMessage[] {
  const first: ChatMessage[] =
    view.turns[0]?.by === 'other' ? [] : [{ role: 'user', content: opening(pack) }];
  return [
    { role: 'system', content: userSystem(view, pack) },
    ...first,
    ...view.turns.map((turn): ChatMessage =>
      turn.by === 'self'
        ? { role: 'assistant', content: formatTurn(turn.actions, cleanText(turn.text)) }
        : { role: 'user', content: heard(turn.text, turn.cards, view.brief, pack) },
    ),
  ];
}
