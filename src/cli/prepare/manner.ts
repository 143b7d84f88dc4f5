import type { Patience, Profile, Talkativeness } from '../../lib/contracts/profile';
import type { Random } from '../../lib/domain/random';
import type { SourceTurn } from './source-turns';

/** Mean words a turn below which a person is brief, and from which chatty: about the outer quarters. */
const briefBelow = 7;
const chattyFrom = 14;
/** User turns up to which a person gave up soon, and from which they were patient: about the outer quarters. */
const impatientUpTo = 4;
const patientFrom = 8;
/** In the other dialogues the prompt says nothing of manner, as most profiles do. */
const shareStated = 0.5;

/** How this person talked and how long they stayed, stated in half of the prompts. */
export function mannerOf(
  turns: readonly SourceTurn[],
  random: Random,
): Pick<Profile, 'patience' | 'talkativeness'> {
  const own = turns.filter((turn) => turn.role === 'user');
  const words = own.reduce((sum, turn) => sum + turn.text.split(' ').length, 0);
  const mean = words / Math.max(1, own.length);
  const talkativeness: Talkativeness =
    mean < briefBelow ? 'brief' : mean >= chattyFrom ? 'chatty' : 'normal';
  const patience: Patience =
    own.length <= impatientUpTo ? 'low' : own.length >= patientFrom ? 'high' : 'normal';
  return {
    ...(random() < shareStated ? { talkativeness } : {}),
    ...(random() < shareStated ? { patience } : {}),
  };
}
