import type { DomainPack } from '../contracts/catalogue';
import type { ChatMessage } from '../contracts/engine';
import type { RecommenderView } from '../contracts/view';
import { formatTurn } from '../action/format';
import { cleanText } from './clean';

/** The recommender's system message: the same for every dialogue of a domain. */
export function recommenderSystem(pack: DomainPack): string {
  const { item, items, consume } = pack.words;
  return [
    `You help a person to find a ${item} to ${consume}. You know ${items} well.`,
    `Write one line of actions in brackets, then one line that you say. Actions: [ask] ask what the person likes, ` +
      `[recommend: ${item}] recommend a ${item} that fits, [answer] answer a question, [chat], [bye].`,
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
