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
 * third one. Enough to try the command without a model.
 */
export function scriptedTurn({ grammar = '', messages }: CompletionRequest): string {
  const turn = Math.floor(messages.length / 2);
  const [best] = offered(grammar, 'recommend');
  if (best !== undefined) return `[recommend: ${best}]\nHow about ${best}?`;
  const named = offered(grammar, 'accept');
  const last = named.at(-1);
  if (last === undefined) return `[inform]\n${wishes[turn % wishes.length] ?? ''}`;
  return named.length < 3
    ? `[reject: ${last}] [inform]\nNot ${last}. ${wishes[turn % wishes.length] ?? ''}`
    : `[accept: ${last}] [bye]\nI take ${last}. Goodbye!`;
}
