import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/lib/contracts';
import { namesItem, summarise } from '../../../src/lib/metrics';
import { catalogue, chats, dialogue, named, profile, recommends, says, turn } from './fixtures';
import { measure, value } from './measure';

function itemOf(id: string) {
  const item = catalogue.byId(id);
  if (!item) throw new Error(id);
  return item;
}

const shown = (said: Turn, prompt: string): Turn => ({ ...said, prompt });

describe('namesItem', () => {
  it.each([
    ['f1', 'I love Velvet Quarrel.', true],
    ['f1', 'I love velvet quarrel.', false],
    ['f1', 'Velvet Quarrels', false],
    ['it', 'It was good. Is It so?', false],
    ['it', 'It (1990) was good', true],
    ['it', 'I saw "It" twice', true],
    ['it', 'I saw \u201cIt\u201d twice', true],
    ['marrow', 'Marrow is sad', true],
    ['marrow', 'written by Ada Marrow', false],
  ])('%s in %j: %s', (id, text, expected) => {
    expect(namesItem(text, itemOf(id), ['Ada Marrow', 'M', 'It'])).toBe(expected);
  });
});

describe('leakage', () => {
  it('keeps one entry for the first mention of every target', () => {
    const made = dialogue(
      [says(), recommends(['f2']), named(says('Brass Orchard'), 'f3'), recommends(['f3', 'f1'])],
      { targets: ['f1', 'f2', 'f3', 'o1', 'o2'], profile: profile({ disliked: ['o1'] }) },
    );
    const { ledger } = summarise([made], catalogue, 1, { only: [] });
    expect(ledger).toEqual([
      { dialogueId: made.id, item: 'f1', by: 'recommender', turn: 3 },
      { dialogueId: made.id, item: 'f2', by: 'recommender', turn: 1 },
      { dialogueId: made.id, item: 'f3', by: 'user', turn: 2 },
      { dialogueId: made.id, item: 'o1', by: 'history', turn: null },
    ]);
  });

  it('counts reply and history leaks apart', () => {
    const dialogues = [
      dialogue([named(says(), 'f1'), recommends(['f1'])]),
      dialogue([says(), recommends(['f1']), named(says(), 'f1')]),
      dialogue([named(says(), 'f1')], { profile: profile({ summary: 'Loved Velvet Quarrel.' }) }),
      dialogue([says()], { targets: [] }),
    ];
    expect(measure('reply-leak', dialogues)).toMatchObject({
      value: 1 / 3,
      leftOut: [{ count: 1, why: expect.stringContaining('without a hidden target') }],
    });
    expect(value('history-leak', dialogues)).toBe(1 / 3);
  });

  it('finds a target in a prompt that nobody had named', () => {
    const leaky = dialogue([
      shown(says(), 'You want a farce.'),
      shown(recommends(['o1']), 'Recommend Velvet Quarrel (1990).'),
    ]);
    const report = summarise([leaky], catalogue, 1, { only: [] });
    expect(report.promptLeaks).toEqual([
      { dialogueId: leaky.id, item: 'f1', role: 'recommender', turn: 1 },
    ]);
    expect(value('prompt-leak', [leaky])).toBe(1);
  });

  it('takes no prompt for a leak that repeats what was said, by either role, in words or action', () => {
    const said = 'Velvet Quarrel (1990)';
    const raw = `[recommend: ${said}]\nThis one?`;
    const clean = [
      dialogue([
        shown(says(), 'You want a farce.'),
        shown(turn('recommender', [{ type: 'chat' }], { raw }), 'Hello'),
        shown(says(), `Hello\n${raw}`),
      ]),
      dialogue([shown(named(says(), 'f1'), 'x'), shown(chats(), `They said ${said}`)]),
    ];
    expect(value('prompt-leak', clean)).toBe(0);
  });

  it('takes the facts of named items and everyday words for no leak', () => {
    const made = dialogue(
      [
        shown(says(), 'It is you. You saw Grey Lantern (1990) by Ada Marrow.'),
        shown(recommends(['o2']), 'It'),
      ],
      { targets: ['it', 'marrow'], profile: profile({ liked: ['o1'] }) },
    );
    expect(value('prompt-leak', [made])).toBe(0);
  });

  it('is unknown where no prompt was kept', () => {
    expect(measure('prompt-leak', [dialogue([says()])])).toMatchObject({
      value: null,
      leftOut: [{ count: 1, why: expect.stringContaining('not kept') }],
    });
  });
});
