import type { DomainPack } from '../contracts/catalogue';
import type { ChatMessage } from '../contracts/engine';
import type { RecommenderView } from '../contracts/view';
import { formatTurn } from '../action/format';
import { cleanText } from './clean';

/** The recommender's system message: the same for every dialogue of a domain. */
export function recommenderSystem(pack: DomainPack): string {
  const { item, items, consume } = pack.words;
  return [
    `You are a recommender of ${items}, in a chat with a customer who looks for a ${item} to ${consume}.`,
    `First write your actions in brackets: [ask] ask what the customer likes, [recommend: ${item}] recommend ` +
      `one that fits, [answer] answer a question, [chat], [bye]. Then write one line that you say.`,
    `Example:\n[ask]\nWhat kind of ${items} do you like?`,
  ].join('\n');
}

/** The recommender's prompt: the conversation and nothing else. Append-only. */
export function recommenderMessages(view: RecommenderView, pack: DomainPack): ChatMessage[] {
  return [
    { role: 'system', content: recommenderSystem(pack) },
    ...view.turns.map((turn): ChatMessage =>
      turn.by === 'self'
        ? { role: 'assistant', content: formatTurn(turn.actions, cleanText(turn.text)) }
        : { role: 'user', content: cleanText(turn.text) },
    ),
  ];
}
