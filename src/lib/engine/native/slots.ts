/** One sequence of a batching engine and what it was last asked. */
export interface Slot<Sequence> {
  readonly sequence: Sequence;
  /** Tokens of the last prompt; empty if the sequence holds nothing. */
  prompt: readonly number[];
}

/** True when `longer` goes on from `prompt`: the same dialogue, some turns later. */
export function continues(longer: readonly number[], prompt: readonly number[]): boolean {
  if (prompt.length === 0 || longer.length <= prompt.length) return false;
  return prompt.every((token, i) => token === longer[i]);
}

/**
 * Hands out sequences. A prompt gets the sequence of its own dialogue where that is free; any other prompt gets the
 * one that has rested longest, to be cleared first: a dialogue never starts from another one's cache.
 */
export class SlotPool<Sequence> {
  /** Free slots, the longest rested first. */
  private readonly free: Slot<Sequence>[];
  private readonly waiting: (() => void)[] = [];

  constructor(sequences: readonly Sequence[]) {
    this.free = sequences.map((sequence) => ({ sequence, prompt: [] }));
  }

  /** Waits for a free sequence. `fresh`: it holds another dialogue, or nothing. */
  async acquire(prompt: readonly number[]): Promise<{ slot: Slot<Sequence>; fresh: boolean }> {
    while (this.free.length === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const own = this.free.findIndex((slot) => continues(prompt, slot.prompt));
    const [slot] = this.free.splice(Math.max(own, 0), 1);
    if (!slot) throw new RangeError('no slot');
    return { slot, fresh: own < 0 };
  }

  /** Gives a sequence back; `prompt` is what it now holds the beginning of. */
  release(slot: Slot<Sequence>, prompt: readonly number[]): void {
    slot.prompt = prompt;
    this.free.push(slot);
    this.waiting.shift()?.();
  }

  /** Forgets what the free sequences hold. */
  forget(): void {
    for (const slot of this.free) slot.prompt = [];
  }
}
