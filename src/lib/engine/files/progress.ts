import type { LoadProgress } from '../../contracts/engine';

/** Called for every chunk, told to the listener at most this often (milliseconds). */
const interval = 100;
/** No estimate before so much time has been seen (milliseconds). */
const settleTime = 500;

/** Counts the bytes of one phase and estimates its time left from the mean rate so far. */
export class PhaseProgress {
  private done = 0;
  private readonly started: number;
  private reported = -Infinity;

  constructor(
    private readonly phase: LoadProgress['phase'],
    private readonly total: number,
    private readonly report: ((progress: LoadProgress) => void) | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.started = this.now();
    this.tell(this.started);
  }

  /** `count` more bytes are done. */
  add(count: number): void {
    this.done += count;
    const time = this.now();
    if (time - this.reported >= interval || this.done >= this.total) this.tell(time);
  }

  private tell(time: number): void {
    this.reported = time;
    const elapsed = time - this.started;
    const known = elapsed >= settleTime && this.done > 0 && this.total > 0;
    this.report?.({
      phase: this.phase,
      done: this.done,
      total: this.total,
      secondsLeft: known ? ((this.total - this.done) / this.done) * (elapsed / 1000) : null,
    });
  }
}
