import type { ItemId } from '../contracts/catalogue';
import type { Outcome, OutcomeStatus, Turn } from '../contracts/dialogue';
import { bareWords } from '../domain/text';

/** After an accept the recommender may answer and the user may say goodbye; then it is over. */
const turnsAfterAccept = 2;
/** A role that says the same words this often in a row is in a loop. */
const repeatsOfLoop = 3;
/** So many unparsed or empty turns in a row and nothing is to be hoped for. */
const brokenTurnsInRow = 3;

/** Items of `accept` actions, in order, each once. */
export function acceptedItems(turns: readonly Turn[]): readonly ItemId[] {
  return [...new Set(turns.flatMap((turn) => accepts(turn).flatMap((a) => a.items ?? [])))];
}

function accepts(turn: Turn) {
  return turn.actions.filter((action) => action.type === 'accept');
}

/** Pairs of a user's turn and the recommender's after it. */
export function countExchanges(turns: readonly Turn[]): number {
  return turns.filter((turn, i) => turn.role === 'recommender' && turns[i - 1]?.role === 'user')
    .length;
}

function isLoop(turns: readonly Turn[]): boolean {
  const role = turns.at(-1)?.role;
  const words = turns
    .filter((turn) => turn.role === role)
    .slice(-repeatsOfLoop)
    .map((turn) => bareWords(turn.text));
  return words.length === repeatsOfLoop && new Set(words).size === 1;
}

function isBroken(turn: Turn): boolean {
  return turn.violations.some(({ kind }) => kind === 'unparsed' || kind === 'empty-text');
}

/** Why the dialogue is over after its last turn; `null` while it goes on. */
export function stopStatus(turns: readonly Turn[], maxTurns: number): OutcomeStatus | null {
  const last = turns.at(-1);
  if (last === undefined) return maxTurns <= 0 ? 'limit' : null;
  const accepted = turns.findIndex((turn) => accepts(turn).length > 0);
  const ended = accepted >= 0 ? 'accepted' : null;
  if (last.actions.some((action) => action.type === 'bye')) return ended ?? 'declined';
  if (accepted >= 0 && turns.length - 1 - accepted >= turnsAfterAccept) return 'accepted';
  if (turns.length >= brokenTurnsInRow && turns.slice(-brokenTurnsInRow).every(isBroken)) {
    return ended ?? 'degenerate';
  }
  if (isLoop(turns)) return ended ?? 'loop';
  if (turns.length >= maxTurns) return ended ?? 'limit';
  return null;
}

export function outcomeOf(turns: readonly Turn[], status: OutcomeStatus): Outcome {
  return { status, accepted: acceptedItems(turns), exchanges: countExchanges(turns) };
}
