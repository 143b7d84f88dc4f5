import type { CompletionRequest } from '../../lib/contracts/engine';

/** The labels that the grammar offers for an action that must name an item. */
function offered(grammar: string, action: string): readonly string[] {
  const rule = new RegExp(`^${action} ::= "\\[${action}: " (item-\\d+)`, 'm').exec(grammar)?.[1];
  if (rule === undefined) return [];
  const line = grammar.split('\n').find((text) => text.startsWith(`${rule} ::= `)) ?? '';
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"/g)].map((match) =>
    (match[1] ?? '').replace(/\\(.)/g, '$1'),
  );
}

const wishes = ['I would like something good.', 'Something for tonight.', 'What do you think?'];

/**
 * What the scripted engine says: the recommender the first item on offer, the user that it takes the
 * third one. As the counterpart it does as it is told: it recommends a target, and takes it. Enough to try the command
 * without a model.
 */
export function scriptedTurn({ grammar = '', messages }: CompletionRequest): string {
  const turn = Math.floor(messages.length / 2);
  // Only the counterpart's instructions list items.
  const isTold = (label: string) => messages[0]?.content.includes(`\n- ${label}: `) ?? false;
  const onOffer = offered(grammar, 'recommend');
  const best = onOffer.find(isTold) ?? onOffer[0];
  if (best !== undefined) return `[recommend: ${best}]\nHow about ${best}?`;
  const named = offered(grammar, 'accept');
  const last = named.at(-1);
  if (last === undefined) return `[inform]\n${wishes[turn % wishes.length] ?? ''}`;
  return named.length < 3 && !isTold(last)
    ? `[reject: ${last}] [inform]\nNot ${last}. ${wishes[turn % wishes.length] ?? ''}`
    : `[accept: ${last}] [bye]\nI take ${last}. Goodbye!`;
}
