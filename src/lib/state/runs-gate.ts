/** Where a run waits while it is paused. */
export class PauseGate {
  #waiting: { opened: Promise<void>; open: () => void } | null = null;

  /** @param onHeld a dialogue has come to the closed gate: its turn in flight is over */
  constructor(
    private readonly signal: AbortSignal,
    private readonly onHeld: () => void,
  ) {}

  close(): void {
    if (this.#waiting) return;
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.signal.addEventListener('abort', open, { once: true });
    this.#waiting = { opened, open };
  }

  open(): void {
    this.#waiting?.open();
    this.#waiting = null;
  }

  /** Resolves when the gate is open; rejects with the signal's reason. */
  async pass(): Promise<void> {
    this.signal.throwIfAborted();
    while (this.#waiting) {
      this.onHeld();
      await this.#waiting.opened;
      this.signal.throwIfAborted();
    }
  }
}
