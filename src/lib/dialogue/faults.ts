import type { DraftFault, Turn } from '../contracts/dialogue';
import { bareWords } from '../domain/text';
import { judgesRoleSwap, speaksAsOther } from './foreign-speech';

const fewestWordsOfRepeat = 3;

/** What a turn says, equal for turns of one role that say the same, case and punctuation aside; `null` where it may come twice ("Yes"). */
export function sayingOf({ role, text }: Pick<Turn, 'role' | 'text'>): string | null {
  const words = bareWords(text);
  return words.split(' ').length < fewestWordsOfRepeat ? null : `${role}: ${words}`;
}

function isRepeat(turn: Turn, earlier: readonly Turn[]): boolean {
  const saying = sayingOf(turn);
  return saying !== null && earlier.some((other) => sayingOf(other) === saying);
}

/** Whether the turn recommends an item that its words do not name. */
function leavesUnnamed({ actions, mentions }: Turn): boolean {
  const named = new Set(mentions.map(({ item }) => item));
  return actions.some(
    ({ type, items = [] }) => type === 'recommend' && items.some((item) => !named.has(item)),
  );
}

/**
 * The plain fault of a turn, which anyone can see without knowing what the talk is for; `null` without one.
 *
 * @param language of the talk, as a pack names it
 */
export function faultOf(turn: Turn, earlier: readonly Turn[], language: string): DraftFault | null {
  if (turn.violations.length > 0) return 'violation';
  if (leavesUnnamed(turn)) return 'unnamed';
  if (isRepeat(turn, earlier)) return 'repeat';
  return judgesRoleSwap(language) && speaksAsOther(turn) ? 'role-swap' : null;
}
