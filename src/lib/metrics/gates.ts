import type { Dialogue, Turn } from '../contracts/dialogue';
import { sayingOf } from '../dialogue/faults';
import { judgesRoleSwap, speaksAsOther } from '../dialogue/foreign-speech';

/** Reasons to look at a dialogue before its score is believed. */
export const gates = ['too-short', 'runaway', 'repeat', 'role-swap', 'unparsed', 'empty'] as const;
export type Gate = (typeof gates)[number];

/** A user's turn, a recommender's and a user's reaction: with fewer there was no conversation. */
const fewestTurns = 3;
/** Far more than a long answer has: a model that cannot stop. */
const mostWords = 120;

/**
 * Which gates a dialogue does not pass. Role swap is looked for in English only. Reaching the turn limit
 * is a failure and no fault: outcomes count it.
 */
export function findGates({ turns }: Dialogue, language: string): ReadonlySet<Gate> {
  const found = new Set<Gate>();
  if (turns.length < fewestTurns) found.add('too-short');
  if (turns.some(isTooLong)) found.add('runaway');
  if (hasRepeat(turns)) found.add('repeat');
  if (judgesRoleSwap(language) && turns.some(speaksAsOther)) found.add('role-swap');
  if (turns.some((turn) => hasViolation(turn, 'unparsed'))) found.add('unparsed');
  if (turns.some((turn) => turn.text.trim() === '')) found.add('empty');
  return found;
}

function isTooLong(turn: Turn): boolean {
  return hasViolation(turn, 'cut-off') || turn.text.split(/\s+/u).length > mostWords;
}

function hasViolation(turn: Turn, kind: 'unparsed' | 'cut-off'): boolean {
  return turn.violations.some((violation) => violation.kind === kind);
}

/** Whether a role says again what it said before. */
function hasRepeat(turns: readonly Turn[]): boolean {
  const said = turns.flatMap((turn) => sayingOf(turn) ?? []);
  return new Set(said).size < said.length;
}
