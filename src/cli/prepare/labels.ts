import type { ActionType, Role } from '../../lib/contracts/action';
import { LabError } from '../../lib/contracts/errors';
import { actionOrder, isActionOf, maxActions } from '../../lib/action/rules';

/** Action types of turns, by the source's conversation and the number of the turn's first message. */
export type Labels = ReadonlyMap<string, readonly ActionType[]>;

export function labelKey(conversation: string, message: number): string {
  return `${conversation}/${String(message)}`;
}

/** Known action types of the role, in the order of an action line, at most three. */
function typesOf(role: Role, words: readonly string[]): readonly ActionType[] | null {
  if (words.length === 0 || words.some((word) => !isActionOf(role, word))) return null;
  return actionOrder(role)
    .filter((type) => words.includes(type))
    .slice(0, maxActions);
}

/**
 * Reads labels: lines `conversation,message,role,types` after a heading, types with spaces between.
 * Errors: `bad-input` naming the line.
 */
export function readLabels(text: string): Labels {
  const labels = new Map<string, readonly ActionType[]>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (i === 0 || line.trim() === '') return;
    const [conversation, message, role, words] = line.split(',');
    const types =
      role === 'user' || role === 'recommender'
        ? typesOf(
            role,
            (words ?? '').split(' ').filter((word) => word !== ''),
          )
        : null;
    if (conversation === undefined || !/^\d+$/.test(message ?? '') || types === null) {
      throw new LabError(
        'bad-input',
        `Line ${String(i + 1)} of the labels is not "conversation,message,role,actions". Make the file again with the tagger.`,
      );
    }
    labels.set(labelKey(conversation, Number(message)), types);
  });
  return labels;
}
