import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialogue, Turn } from '../../../src/lib/contracts/dialogue';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import { renderChatml } from '../../../src/lib/engine/chatml';
import { outcomeView } from '../../../src/lib/state/views/outcome';
import { promptView, readChatml } from '../../../src/lib/state/views/prompts';
import { liveView, textParts, turnViews } from '../../../src/lib/state/views/turns';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';

const catalogue = createCatalogue(tinyPack);

function turn(role: Turn['role'], actions: Turn['actions'], more: Partial<Turn> = {}): Turn {
  return {
    role,
    actions,
    text: 'Well.',
    raw: 'Well.',
    mentions: [],
    violations: [],
    tokens: { prompt: null, cached: null, completion: null },
    ms: { prefill: null, decode: null, total: 1 },
    seed: null,
    ...more,
  };
}

function dialogueOf(turns: readonly Turn[], more: Partial<Dialogue> = {}): Dialogue {
  const { targets, ...profile } = tinyProfile;
  const seat = { id: 'x', hash: null, promptVersion: null, engine: 'wasm' as const };
  return {
    schemaVersion: 1,
    id: 'd',
    runId: 'r',
    profileId: profile.id,
    domain: tinyPack.id,
    seed: 1,
    config: defaultConfig,
    models: { user: seat, recommender: seat },
    promptVersion: 'v',
    profile,
    targets,
    referenceDependent: false,
    resumed: false,
    turns,
    outcome: null,
    startedAt: 0,
    ...more,
  };
}

describe('textParts', () => {
  it('loses no letter, whatever the mentions', () => {
    const mention = fc.record({ start: fc.nat(30), length: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(mention), (text, places) => {
        const mentions = places
          .filter(({ start, length }) => start + length <= text.length)
          .map(({ start, length }) => ({
            item: 'film-0',
            start,
            end: start + length,
            kind: 'stray' as const,
          }));
        const parts = textParts({ text, mentions });
        expect(parts.map((part) => part.text).join('')).toBe(text);
      }),
    );
  });
});

describe('liveView', () => {
  it('keeps the action line apart from the words as they arrive', () => {
    const seen = (raw: string) => liveView({ role: 'user', raw });
    expect(seen('[as')).toMatchObject({ actionLine: '[as', text: '' });
    expect(seen('[ask]\nWhat')).toMatchObject({ actionLine: '[ask]', text: 'What' });
    expect(seen('No line')).toMatchObject({ actionLine: '', text: 'No line' });
  });
});

describe('turnViews', () => {
  const turns = [turn('recommender', [{ type: 'recommend', items: ['film-4'] }])];

  it('says what fits and which is a target only when asked to', () => {
    const [hidden] = turnViews(dialogueOf(turns), catalogue, false);
    expect(hidden?.cards[0]).toMatchObject({ fits: null, isTarget: false, year: 2013 });
    const [shown] = turnViews(dialogueOf(turns), catalogue, true);
    expect(shown?.cards[0]).toMatchObject({ fits: true, isTarget: true, title: 'The Conjuring' });
  });

  it('puts the facts under the labels of their kinds', () => {
    const [view] = turnViews(dialogueOf(turns), catalogue, false);
    expect(view?.cards[0]?.facts).toEqual([
      { label: 'Genre', values: ['horror', 'mystery'] },
      { label: 'Director', values: ['James Wan'] },
    ]);
  });
});

describe('promptView', () => {
  it('shows the recorded prompt, split into the messages that it was made from', () => {
    const messages = [
      { role: 'system' as const, content: 'Be\nbrief.' },
      { role: 'user' as const, content: 'Hello' },
    ];
    const prompt = renderChatml(messages);
    expect(readChatml(prompt)).toEqual(messages);
    const dialogue = dialogueOf([turn('user', [], { prompt })]);
    const view = promptView('user', dialogue, catalogue, true, false);
    expect(view).toMatchObject({ kind: 'exact', text: prompt, turn: 0, messages });
  });

  it('shows the recommender nothing of the profile before the user has spoken', () => {
    const view = promptView('recommender', dialogueOf([]), catalogue, true, false);
    expect(view.text).not.toContain('scared');
    expect(view.text).not.toContain('James Wan');
  });

  it('has no target in any prompt that it makes itself', () => {
    for (const role of ['user', 'recommender'] as const) {
      const view = promptView(role, dialogueOf([]), catalogue, true, true);
      expect(view.text).not.toMatch(/Conjuring|Saw/);
    }
  });
});

describe('outcomeView', () => {
  const figure = (dialogue: Dialogue, label: string) =>
    outcomeView(dialogue, catalogue).figures.find((each) => each.label === label)?.value;
  const ended = (accepted: string) =>
    dialogueOf(
      [
        turn('user', [{ type: 'inform' }]),
        turn('recommender', [{ type: 'recommend', items: [accepted] }]),
        turn('user', [{ type: 'accept', items: [accepted] }]),
      ],
      { outcome: { status: 'accepted', accepted: [accepted], exchanges: 1 } },
    );

  it('tells raw from verified success', () => {
    expect(figure(ended('film-4'), 'figure.raw')).toBe('yes');
    expect(figure(ended('film-4'), 'figure.verified')).toBe('yes');
    expect(figure(ended('film-1'), 'figure.raw')).toBe('yes');
    expect(figure(ended('film-1'), 'figure.verified')).toBe('no');
    expect(figure(ended('film-1'), 'figure.false')).toBe('1');
    expect(figure(ended('film-4'), 'figure.targets')).toBe('1 of 2');
  });

  it('has no number for what is not known yet', () => {
    expect(figure(dialogueOf([]), 'figure.raw')).toBe('–');
    expect(figure(dialogueOf([]), 'figure.recommended')).toBe('–');
    expect(figure(dialogueOf([], { targets: [] }), 'figure.leaks')).toBe('–');
  });

  it('counts a target that the user names first as a leak', () => {
    const told = dialogueOf([
      turn('user', [{ type: 'inform' }], {
        text: 'Is it Saw (2004)?',
        mentions: [{ item: 'film-5', start: 6, end: 16, kind: 'stray' }],
      }),
    ]);
    expect(figure(told, 'figure.leaks')).toBe('1');
    expect(outcomeView(told, catalogue).ledger).toEqual([
      { turn: 0, role: 'user', item: 'Saw (2004)', isTarget: true },
    ]);
  });
});
