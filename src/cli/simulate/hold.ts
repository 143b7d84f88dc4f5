import type { Dialogue, Outcome, Turn } from '../../lib/contracts/dialogue';
import type { Profile } from '../../lib/contracts/profile';
import { createRandom, shuffled } from '../../lib/domain/random';
import type { RunSink } from '../../lib/dialogue/run-many';
import type { Progress } from './progress';
import { addDialogue } from './run-file';

/**
 * The profiles of a run, in an order that the seed decides; used again from the start when there are
 * too few. A longer run begins with the profiles of a shorter one.
 */
export function pickProfiles(
  profiles: readonly Profile[],
  count: number,
  seed: number,
): readonly Profile[] {
  const order = shuffled(profiles, createRandom(seed));
  return Array.from({ length: count }, (_, i) => order[i % order.length] as Profile);
}

/** Collects each dialogue turn by turn and adds it to the file when it is over. */
export function createFileSink(
  path: string,
  progress: Progress,
  onFinished: (dialogue: Dialogue) => void,
): RunSink {
  const open = new Map<string, { dialogue: Dialogue; turns: Turn[] }>();
  const get = (id: string) => {
    const found = open.get(id);
    if (found === undefined) throw new Error(`The dialogue ${id} was never begun.`);
    return found;
  };
  return {
    begin(dialogue) {
      open.set(dialogue.id, { dialogue, turns: [...dialogue.turns] });
      return Promise.resolve();
    },
    turn(id, _index, turn) {
      get(id).turns.push(turn);
      progress.turn();
      return Promise.resolve();
    },
    async finish(id: string, outcome: Outcome) {
      const { dialogue, turns } = get(id);
      const whole: Dialogue = { ...dialogue, turns, outcome };
      await addDialogue(path, whole);
      open.delete(id);
      progress.dialogue();
      onFinished(whole);
    },
  };
}
