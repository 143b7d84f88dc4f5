import { describe, expect, it } from 'vitest';
import { counterDialogue } from '../../../src/cli/prepare/counter';
import { typed } from '../../../src/cli/prepare/counter-style';
import { spokenProfile, spokenWishes } from '../../../src/cli/prepare/spoken-profile';
import type { SourceTurn } from '../../../src/cli/prepare/source-turns';
import { createRandom } from '../../../src/lib/domain/random';
import { fits } from '../../../src/lib/profile/fit';
import type { FilmAnswer } from '../../../src/lib/profile/redial';
import { catalogue, profile, redialDialogue } from './fixtures';

const scripts = Array.from({ length: 200 }, (_, seed) =>
  counterDialogue({ profile, catalogue, random: createRandom(1000 + seed) }),
);

function judged(type: string): readonly string[] {
  return scripts.flatMap((turns) =>
    turns.flatMap(({ turn }) =>
      turn.actions.filter((action) => action.type === type).flatMap((action) => action.items ?? []),
    ),
  );
}

describe('made-up dialogues', () => {
  const known = new Set([...profile.liked, ...profile.disliked]);
  const fitting = (id: string) => {
    const item = catalogue.byId(id);
    return item !== null && fits(item, profile);
  };

  it('accept what fits and nothing else', () => {
    expect(judged('accept').length).toBeGreaterThan(100);
    expect(judged('accept').every((id) => fitting(id) && !known.has(id))).toBe(true);
  });

  it('accept what meets all wishes no less often than what meets just enough', () => {
    const wishes = [...profile.wanted, { type: 'star', value: 'Tom Vexley' }];
    const taken = Array.from({ length: 200 }, (_, seed) =>
      counterDialogue({
        profile: { ...profile, wanted: wishes },
        catalogue,
        random: createRandom(seed),
      }).flatMap(({ turn }) =>
        turn.actions.filter(({ type }) => type === 'accept').flatMap(({ items }) => items ?? []),
      ),
    ).flat();
    // Of the three that fit one meets all: half of the draws are its own, and a third of the others.
    expect(new Set(taken)).toEqual(new Set(['103', '105', '108']));
    const share = taken.filter((id) => id === '108').length / taken.length;
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.8);
  });

  it('refuse what does not fit, or was seen and disliked', () => {
    expect(judged('reject').length).toBeGreaterThan(200);
    expect(judged('reject').every((id) => !fitting(id) || profile.disliked.includes(id))).toBe(
      true,
    );
  });

  it('have seen exactly what the brief names', () => {
    const seen = new Set(judged('seen'));
    expect(seen).toEqual(known);
  });

  it('break no rule of the program, and only the user is learned', () => {
    for (const turns of scripts) {
      for (const { turn, learn } of turns) {
        expect(turn.violations).toEqual([]);
        expect(learn).toBe(turn.role === 'user');
      }
      turns.forEach(({ turn }, i) => {
        expect(turn.role).toBe(i % 2 === 0 ? 'user' : 'recommender');
      });
    }
  });

  it('tell a wish in every turn that informs, untold ones first', () => {
    const values = profile.wanted.map(({ value }) => value);
    let turnsAfterChat = 0;
    for (const turns of scripts) {
      const told = new Set<string>();
      turns.forEach(({ turn, learn }, i) => {
        if (!learn || !turn.actions.some(({ type }) => type === 'inform')) return;
        const now = values.filter((value) => turn.text.toLowerCase().includes(value.toLowerCase()));
        expect(now).not.toEqual([]);
        const before = turns[i - 1]?.turn.actions ?? [];
        // A refusal names only what the film lacks; after an empty turn every wish is open.
        if (before.some(({ type }) => type === 'chat')) {
          turnsAfterChat += 1;
          if (told.size < values.length) expect(now.some((value) => !told.has(value))).toBe(true);
        }
        now.forEach((value) => told.add(value));
      });
    }
    expect(turnsAfterChat).toBeGreaterThan(50);
  });

  it('hold many different sentences', () => {
    const texts = scripts.flatMap((turns) =>
      turns.filter(({ learn }) => learn).map(({ turn }) => turn.text),
    );
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.6);
  });

  it('repeat from the seed', () => {
    const again = counterDialogue({ profile, catalogue, random: createRandom(1000) });
    expect(again).toEqual(scripts[0]);
  });
});

describe('sentences', () => {
  it('are joined as the person types', () => {
    const plain = { lowerCase: true, join: ', ', end: '' };
    expect(typed(['no', 'anything else?'], plain)).toBe('no, anything else?');
    expect(typed(['no', 'bye'], { lowerCase: false, join: '. ', end: '!' })).toBe('No. Bye!');
    expect(typed(['got it?', 'thanks'], { lowerCase: false, join: ', ', end: '.' })).toBe(
      'Got it? Thanks.',
    );
  });
});

describe('profiles from what is said', () => {
  const turns: readonly SourceTurn[] = [
    { role: 'user', message: 1, text: 'Something scary like @101, but not a western please' },
    { role: 'recommender', message: 2, text: 'A comedy? @108' },
    { role: 'user', message: 3, text: 'anything with Tom Vexley' },
  ];
  const answers = new Map<string, FilmAnswer>([
    ['101', { suggested: false, seen: true, liked: true }],
    ['108', { suggested: true, seen: false, liked: true }],
  ]);
  const dialogue = redialDialogue({ messages: [[true, 'hi']] });

  it('hear wishes, their contrary, and only the user', () => {
    expect(spokenWishes(turns, catalogue)).toEqual({
      wanted: [
        { type: 'genre', value: 'horror' },
        { type: 'star', value: 'Tom Vexley' },
      ],
      unwanted: [{ type: 'genre', value: 'western' }],
    });
  });

  it('are completed from what was taken, and name what was liked', () => {
    const made = spokenProfile(dialogue, turns, answers, catalogue, createRandom(2));
    expect(made?.wanted).toHaveLength(3);
    const taken = catalogue.byId('108');
    expect(taken !== null && made !== null && fits(taken, made)).toBe(true);
    expect(made?.liked).toEqual(['101']);
    expect(made?.targets).toEqual([]);
  });

  it('are none where nothing is wished for', () => {
    const silent = turns.map((turn) => ({ ...turn, text: 'hello' }));
    expect(spokenProfile(dialogue, silent, answers, catalogue, createRandom(2))).toBeNull();
  });
});
