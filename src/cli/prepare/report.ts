/** Counts by name, in the order of first use. */
export class Tally {
  private readonly counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  toJSON(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }
}

/** What became of the source, for people to read. */
export class PrepareReport {
  /** Dialogues of the file, by split; *shown* ones are not read any further. */
  readonly dialogues = new Tally();
  /** Dialogues left out, by reason. */
  readonly dropped = new Tally();
  /** How the kept ones came to be opened by the user. */
  readonly openings = new Tally();
  /** Where the user's briefs come from. */
  readonly profiles = new Tally();
  /** How many films are taken: the counterpart's targets. Where it is 0, the counterpart gets no example. */
  readonly targets = new Tally();
  /** Human turns that stay as context, by learner and reason. */
  readonly context = new Tally();
  /** Human turns that are learned, by learner and each of their actions. */
  readonly learned = new Tally();
  /** Examples written, by file. */
  readonly examples = new Tally();

  toJSON(): Readonly<Record<string, unknown>> {
    const { dialogues, dropped, openings, profiles, targets, context, learned, examples } = this;
    return { dialogues, dropped, openings, profiles, targets, context, learned, examples };
  }
}
