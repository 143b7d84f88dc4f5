/** How fast a run goes. */
export interface Pace {
  /** `null` before the first dialogue is over. */
  perHour: number | null;
  /** Seconds for the dialogues that are left; `null` while that is unknown. */
  secondsLeft: number | null;
}

/** Dialogues that the pace is taken from: the latest ones, because a machine may become faster or slower. */
const window = 50;
/** A dialogue that took so many times the median was not spoken all that time: the machine slept. */
const asleep = 10;

/** Measures a run by how long its dialogues take, so that neither pauses nor the machine's sleep count. */
export class PaceMeter {
  #durations: number[] = [];

  /** A dialogue that was held as a whole took so many milliseconds, by a clock that never jumps. */
  add(milliseconds: number): void {
    this.#durations = [...this.#durations, Math.max(0, milliseconds)].slice(-window);
  }

  /** @param left how many dialogues are left @param slots how many are held at once */
  read(left: number, slots: number): Pace {
    const sorted = [...this.#durations].sort((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)];
    if (median === undefined) return { perHour: null, secondsLeft: left === 0 ? 0 : null };
    const awake = sorted.filter((duration) => duration <= Math.max(median, 1) * asleep);
    const mean = awake.reduce((sum, duration) => sum + duration, 0) / awake.length;
    const each = Math.max(mean, 0.1) / slots;
    return { perHour: 3_600_000 / each, secondsLeft: (left * each) / 1000 };
  }
}
