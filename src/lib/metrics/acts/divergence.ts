import type { ActionType, Role } from '../../contracts/action';
import type { Random } from '../../domain/random';
import { bootstrapInterval } from '../bootstrap';
import { jensenShannonDistance, type Counts } from '../statistics/divergence';

/** What a turn does, by whatever says so: the program's own actions, or a tagger. */
export interface TurnActs {
  role: Role;
  acts: readonly ActionType[];
}

/** A dialogue as the acts of its turns, in order. */
export type ActSequence = readonly TurnActs[];

/**
 * What follows what: for every two neighbouring turns, each pair of an act of the first and one of the second, weighing
 * together 1. Turns of many acts count no more than others, and there are far fewer kinds of pairs than of neighbouring
 * sets of acts, so that few dialogues say more.
 */
export function actPairs(dialogue: ActSequence): Counts {
  const counts = new Map<string, number>();
  dialogue.forEach((turn, i) => {
    const next = dialogue[i + 1];
    if (next === undefined) return;
    const weight = 1 / (turn.acts.length * next.acts.length);
    for (const one of turn.acts) {
      for (const other of next.acts) {
        const key = `${turn.role} ${one} > ${next.role} ${other}`;
        counts.set(key, (counts.get(key) ?? 0) + weight);
      }
    }
  });
  return counts;
}

/** How often a role does each act. */
export function singleActs(dialogue: ActSequence): Counts {
  const counts = new Map<string, number>();
  for (const { role, acts } of dialogue) {
    for (const act of acts) {
      const key = `${role} ${act}`;
      counts.set(key, (counts.get(key) ?? 0) + 1 / acts.length);
    }
  }
  return counts;
}

export interface Divergence {
  /** Base 2, in [0, 1]; `null` when a side has nothing. */
  value: number | null;
  /** Both sides' dialogues drawn anew. Drawing adds noise of its own, so the interval leans upwards. */
  interval: readonly [low: number, high: number] | null;
  n: readonly [number, number];
}

/** Jensen-Shannon divergence in bits (Lin 1991): the square of the distance. */
function divergenceOf(a: Counts, b: Counts): number | null {
  const distance = jensenShannonDistance(a, b);
  return distance === null ? null : distance ** 2;
}

/** Jensen-Shannon divergence between two sets of dialogues, each pooled into one distribution. */
export function actDivergence(
  ours: readonly ActSequence[],
  people: readonly ActSequence[],
  seed: number,
  count: (dialogue: ActSequence) => Counts = actPairs,
): Divergence {
  const sides = [ours.map(count), people.map(count)] as const;
  const pooled = (parts: readonly Counts[]): Counts => {
    const sum = new Map<string, number>();
    for (const part of parts) {
      for (const [key, weight] of part) sum.set(key, (sum.get(key) ?? 0) + weight);
    }
    return sum;
  };
  const drawn = (parts: readonly Counts[], random: Random) =>
    parts.map(() => parts[Math.floor(random() * parts.length)] ?? new Map<string, number>());
  const [a, b] = sides;
  return {
    value: divergenceOf(pooled(a), pooled(b)),
    interval: bootstrapInterval(
      (random) => divergenceOf(pooled(drawn(a, random)), pooled(drawn(b, random))),
      seed,
      'act-divergence',
    ),
    n: [ours.length, people.length],
  };
}
