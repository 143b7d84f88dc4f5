/** One line on stderr that says how far a run is: rewritten on a terminal, printed now and then elsewhere. */
export interface Progress {
  /** A remark, on a line of its own. */
  note(text: string): void;
  /** A stage before the dialogues, such as loading a model. */
  stage(text: string): void;
  turn(): void;
  dialogue(): void;
  end(): void;
}

export interface ProgressOptions {
  stream: NodeJS.WriteStream;
  /** Dialogues to hold now, without those that were held before. */
  total: number;
  maxTurns: number;
  clock: () => number;
}

/** Milliseconds between two lines where nothing can be rewritten. */
const linePause = 10_000;
const rewritePause = 100;

/** "1 h 4 min", "3 min 20 s", "12 s". */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${String(whole)} s`;
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
  return `${String(Math.floor(whole / 3600))} h ${String(Math.floor((whole % 3600) / 60))} min`;
}

export function createProgress({ stream, total, maxTurns, clock }: ProgressOptions): Progress {
  const terminal = stream.isTTY;
  const started = clock();
  let dialogues = 0;
  let turns = 0;
  /** Turns of dialogues that are over: the measure of how long one takes. */
  let wholeTurns = 0;
  let lastShown = Number.NEGATIVE_INFINITY;
  let open = false;

  const show = (text: string, now: boolean) => {
    const pause = terminal ? rewritePause : linePause;
    if (!now && clock() - lastShown < pause) return;
    lastShown = clock();
    if (terminal) {
      stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, (stream.columns || 80) - 1))}`);
      open = true;
    } else {
      stream.write(`${text}\n`);
    }
  };
  const closeLine = () => {
    if (open) stream.write('\r\u001b[2K');
    open = false;
  };
  const status = () => {
    const seconds = (clock() - started) / 1000;
    const perDialogue = dialogues > 0 ? wholeTurns / dialogues : maxTurns;
    const done =
      dialogues + Math.min(1, (turns - wholeTurns) / perDialogue) * (total > dialogues ? 1 : 0);
    const left = done > 0 ? durationText((seconds / done) * (total - done)) : 'unknown';
    const pace = dialogues > 0 ? `, ${((dialogues / seconds) * 3600).toFixed(0)} dialogues/h` : '';
    return `${String(dialogues)} of ${String(total)} dialogues, ${String(turns)} turns${pace}, time left ${left}`;
  };
  return {
    note(text) {
      closeLine();
      stream.write(`${text}\n`);
    },
    stage(text) {
      show(text, false);
    },
    turn() {
      turns += 1;
      show(status(), false);
    },
    dialogue() {
      dialogues += 1;
      wholeTurns = turns;
      show(status(), dialogues === total);
    },
    end() {
      closeLine();
    },
  };
}
