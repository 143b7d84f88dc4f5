import { describe, expect, it } from 'vitest';
import { accepts, dialogue, profile, recommends, rejects, says, userBye } from './fixtures';
import { measure, value } from './measure';

const honest = () => dialogue([says(), recommends(['f1']), accepts('f1')]);
const fooled = () => dialogue([says(), recommends(['o1']), accepts('o1')]);
const failed = () => dialogue([says(), recommends(['o1']), rejects('o1')]);

describe('success', () => {
  it('raw counts every accept, verified only what fits', () => {
    const dialogues = [honest(), fooled(), failed(), failed()];
    expect(measure('raw-success', dialogues)).toMatchObject({
      value: 0.5,
      n: 4,
      counts: { hits: 2, of: 4, unit: 'dialogues' },
      reason: null,
    });
    expect(value('verified-success', dialogues)).toBe(0.25);
  });

  it('verified wants the item recommended before, known, and free of what is unwanted', () => {
    const verified = (turns: Parameters<typeof dialogue>[0]) =>
      value('verified-success', [dialogue(turns)]);
    expect(verified([accepts('f1'), recommends(['f1']), says()])).toBe(0);
    expect(verified([says(), recommends(['f1']), accepts('f2')])).toBe(0);
    expect(verified([says(), recommends(['o3']), accepts('o3')])).toBe(0);
    expect(verified([says(), recommends(['ghost']), accepts('ghost')])).toBe(0);
    expect(verified([says(), recommends(['o1', 'f3']), accepts('o1', 'f3')])).toBe(1);
  });

  it('an accept that names nothing is raw success and not verified', () => {
    const nameless = { ...accepts(), actions: [{ type: 'accept' as const }] };
    const dialogues = [dialogue([says(), recommends(['f1']), nameless])];
    expect([value('raw-success', dialogues), value('verified-success', dialogues)]).toEqual([1, 0]);
  });

  it('leaves out, by reason, what did not come to its own end or cannot be verified', () => {
    const outcome = (status: 'failed' | 'stopped' | 'imported') => ({
      status,
      accepted: [],
      exchanges: 0,
    });
    const dialogues = [
      honest(),
      dialogue([says()], { outcome: null }),
      dialogue([says()], { outcome: outcome('failed') }),
      dialogue([says()], { outcome: outcome('stopped') }),
      dialogue([says()], { outcome: outcome('imported') }),
      dialogue([says()], { domain: 'films' }),
      dialogue([says()], { profile: profile({ wanted: [] }) }),
    ];
    const verified = measure('verified-success', dialogues);
    expect(verified).toMatchObject({ value: 1, n: 1 });
    expect(verified.leftOut.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(verified.leftOut.map(({ why }) => why).join()).toContain('engine failure');
  });

  it('of nothing is unknown and not zero', () => {
    expect(measure('raw-success', [])).toMatchObject({
      value: null,
      n: 0,
      reason: expect.stringContaining('No dialogue'),
    });
  });
});

describe('false accept rate', () => {
  it('is over accepted items, each once a dialogue', () => {
    const twice = dialogue([
      says(),
      recommends(['f1', 'o1']),
      accepts('f1', 'o1'),
      recommends(['o1']),
      accepts('o1'),
    ]);
    expect(measure('false-accept-rate', [twice, honest(), failed()])).toMatchObject({
      value: 1 / 3,
      n: 3,
      counts: { hits: 1, of: 3 },
    });
  });

  it('is unknown when nothing was accepted', () => {
    expect(measure('false-accept-rate', [failed()])).toMatchObject({
      value: null,
      reason: 'Nothing was accepted.',
    });
  });
});

describe('success without leaks and without degenerate dialogues', () => {
  it('says how many were left out', () => {
    const leaked = dialogue([says(), recommends(['f1']), accepts('f1')], {
      profile: profile({ liked: ['f1'] }),
    });
    const tooShort = dialogue([says(), userBye()]);
    expect(measure('raw-success-unleaked', [leaked, honest(), failed()])).toMatchObject({
      value: 0.5,
      leftOut: [{ count: 1, why: expect.stringContaining('leaked') }],
    });
    expect(measure('raw-success-sound', [tooShort, honest()])).toMatchObject({
      value: 1,
      leftOut: [{ count: 1, why: 'degenerate dialogue' }],
    });
  });
});
