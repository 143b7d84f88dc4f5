import { describe, expect, it } from 'vitest';
import type { Dialogue, Turn } from '../../../src/lib/contracts/dialogue';
import type { Profile } from '../../../src/lib/contracts/profile';
import { forkDialogue } from '../../../src/lib/dialogue/fork';
import { createDialogue, createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { profileAt, rewound, steerDialogue, wholeProfile } from '../../../src/lib/dialogue/steer';
import { wishOf } from '../../../src/lib/profile/steer';
import { checkDialogue, readDialogue, writeDialogue } from '../../../src/lib/store';
import { tinyProfile } from '../../support/tiny-domain';
import { tiny, turnOf } from './harness';

const seat = { id: 'honest', hash: null, promptVersion: null, engine: 'none' } as const;
const models = { user: seat, recommender: seat };
const config = defaultConfig;
const run = createRun({ domain: 'tiny', seed: 1, config, models, profileIds: [] }, 0);
const start = createDialogue(run, 'd', tinyProfile, false, 0);

function spoken(dialogue: Dialogue, count: number): Dialogue {
  const roles = ['user', 'recommender'] as const;
  const more = Array.from({ length: count }, (_, i): Turn => {
    return turnOf(roles[(dialogue.turns.length + i) % 2] ?? 'user');
  });
  return { ...dialogue, turns: [...dialogue.turns, ...more] };
}

const steer = (dialogue: Dialogue, changed: Partial<ReturnType<typeof wishOf>>) =>
  steerDialogue(dialogue, { ...wishOf(wholeProfile(dialogue)), ...changed }, tiny);

const first = steer(spoken(start, 2), { summary: 'Wants to laugh.', patience: 'low' });
const second = steer(spoken(first, 4), { summary: 'Is in a hurry.', targets: ['film-0'] });
const end = spoken(second, 2);

describe('a steered dialogue', () => {
  it('says of each turn with which brief it was spoken', () => {
    const visible: Partial<Profile> = { ...tinyProfile };
    delete visible.targets;
    expect([0, 1].map((turn) => profileAt(end, turn))).toEqual([visible, visible]);
    expect([2, 5].map((turn) => profileAt(end, turn).summary)).toEqual([
      'Wants to laugh.',
      'Wants to laugh.',
    ]);
    expect(profileAt(end, 6)).toMatchObject({ summary: 'Is in a hurry.', patience: 'low' });
    expect(end.profile.summary).toBe('Is in a hurry.');
    expect(end.edits?.map(({ turn }) => turn)).toEqual([2, 6]);
  });

  it('has the targets that were in force, and no edit that came later', () => {
    expect(rewound(end, 5)).toMatchObject({ targets: tinyProfile.targets, edits: first.edits });
    const untouched = rewound(end, 1);
    expect(untouched).toMatchObject({ targets: tinyProfile.targets });
    expect(untouched).not.toHaveProperty('edits');
    expect(rewound(end, 6)).toBe(end);
  });

  it('is a record that is read as it was written', () => {
    expect(checkDialogue(end)).toMatchObject({ ok: true });
    const line = writeDialogue(end);
    expect(readDialogue(line)).toEqual({ ok: true, dialogue: end });
    expect(line).toBe(writeDialogue(JSON.parse(line) as Dialogue));
  });

  it('records nothing when nothing changes', () => {
    expect(steer(end, {})).toBe(end);
  });

  it('is forked with the brief of the turn that it is left at', () => {
    const wish = { seed: 2, models, referenceDependent: false, raw: null, take: 0 };
    const early = forkDialogue(end, { ...wish, turn: 3 }, tiny, 0);
    expect(early.profile.summary).toBe('Wants to laugh.');
    expect(early.targets).toEqual(tinyProfile.targets);
    expect(early.edits).toEqual(first.edits);
    expect(forkDialogue(end, { ...wish, turn: 7 }, tiny, 0).edits).toEqual(end.edits);
  });
});
