import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, durationText } from '../../../src/cli/simulate/progress';

function progressOf(isTTY: boolean, total = 2, maxTurns = 4) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  let text = '';
  stream.on('data', (piece: Buffer) => (text += piece.toString()));
  let now = 0;
  const progress = createProgress({
    stream: stream as unknown as NodeJS.WriteStream,
    total,
    maxTurns,
    clock: () => now,
  });
  return {
    progress,
    text: () => text,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

describe('the progress line', () => {
  it('estimates the time left from turns first, then from whole dialogues', () => {
    const { progress, text, pass } = progressOf(false);
    pass(10);
    progress.turn();
    // One of four turns in 10 s: a dialogue takes 40 s, 70 s are left.
    expect(text()).toContain('0 of 2 dialogues, 1 turns, time left 1 min 10 s');
    pass(10);
    progress.turn();
    progress.dialogue();
    pass(10);
    progress.turn();
    // Dialogues turn out to have two turns: half of the second one is left.
    expect(text()).toContain('1 of 2 dialogues, 3 turns, 120 dialogues/h, time left 10 s');
  });

  it('rewrites one line on a terminal and clears it at the end', () => {
    const { progress, text, pass } = progressOf(true);
    pass(1);
    progress.turn();
    pass(1);
    progress.turn();
    progress.end();
    expect(text()).not.toContain('\n');
    expect(text().endsWith('\r\u001b[2K')).toBe(true);
  });

  it('is no flood where lines cannot be rewritten, but always tells the end', () => {
    const { progress, text, pass } = progressOf(false, 1, 100);
    for (let i = 0; i < 100; i++) {
      pass(0.1);
      progress.turn();
    }
    progress.dialogue();
    expect(text().split('\n').length).toBeLessThan(6);
    expect(text()).toContain('1 of 1 dialogues, 100 turns');
  });

  it('writes durations for people', () => {
    expect([0, 59.4, 61, 3600, 3725].map(durationText)).toEqual([
      '0 s',
      '59 s',
      '1 min 1 s',
      '1 h 0 min',
      '1 h 2 min',
    ]);
  });
});
