import type { ChatMessage } from '../../contracts/engine';
import type { Turn } from '../../contracts/dialogue';

/** Turns before the judged one that the judge reads: small models lose the thread of more. */
const contextTurns = 8;

const names = { user: 'User', recommender: 'Recommender' } as const;

const line = ({ role, text }: Pick<Turn, 'role' | 'text'>): string =>
  `${names[role]}: ${text.replace(/\s+/g, ' ').trim()}`;

/**
 * What the judge is told: what was said, never an action, a target or who spoke; the instruction last, so that all
 * that are asked of one turn share the beginning that engines cache.
 *
 * @param turn index of the judged turn
 */
export function judgeMessages(
  turns: readonly Pick<Turn, 'role' | 'text'>[],
  turn: number,
  instruction: string,
): readonly ChatMessage[] {
  const heard = turns.slice(Math.max(0, turn - contextTurns), turn + 1);
  return [
    {
      role: 'system',
      content: 'You judge conversations about recommendations. You answer with one digit.',
    },
    {
      role: 'user',
      content: `${heard.map(line).join('\n')}\n\n${instruction} Answer with one digit.`,
    },
  ];
}
