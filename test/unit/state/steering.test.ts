import { describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import { personSeat } from '../../../src/lib/dialogue/human-agent';
import { createDialogue, createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { steerDialogue } from '../../../src/lib/dialogue/steer';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { noProfile } from '../../../src/lib/profile/none';
import { wishOf } from '../../../src/lib/profile/steer';
import { seatsOfDomain, type Domain } from '../../../src/lib/state/domain';
import { seatsOfRecord } from '../../../src/lib/state/seats';
import { steerDraft } from '../../../src/lib/state/steering';
import { editViews } from '../../../src/lib/state/views/edits';
import { outcomeView } from '../../../src/lib/state/views/outcome';
import { promptView } from '../../../src/lib/state/views/prompts';
import { seatOfPerson } from '../../../src/lib/state/views/seats';
import { turnViews } from '../../../src/lib/state/views/turns';
import { checkDialogue } from '../../../src/lib/store';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';
import { turnOf } from '../dialogue/harness';

const catalogue = createCatalogue(tinyPack);
const program = { id: 'honest', hash: null, promptVersion: null, engine: 'none' } as const;

function dialogueOf(profile = tinyProfile, models: Dialogue['models'] | null = null): Dialogue {
  const seats = models ?? { user: program, recommender: { ...program, id: 'content' } };
  const plan = { domain: 'tiny', seed: 1, config: defaultConfig, models: seats };
  return createDialogue(createRun({ ...plan, profileIds: [] }, 0), 'd', profile, false, 0);
}

const recommend = turnOf('recommender', {
  actions: [{ type: 'recommend', items: ['film-7'] }],
  text: 'Heat (1995)?',
});
const begun: Dialogue = { ...dialogueOf(), turns: [turnOf('user'), recommend] };
const thriller = [{ type: 'genre', value: 'thriller' }];
const wish = { ...wishOf(tinyProfile), wanted: thriller, targets: ['film-3'] };
const steered = steerDialogue(begun, { ...wish, patience: 'high' }, catalogue);
const after: Dialogue = { ...steered, turns: [...steered.turns, turnOf('user'), recommend] };
const over: Dialogue = {
  ...after,
  outcome: { status: 'limit', accepted: [], exchanges: 2 },
};

describe('what the page shows of a steered dialogue', () => {
  it('tells each change in words, the targets only when it is over', () => {
    expect(editViews(after, catalogue, false)).toEqual([
      {
        turn: 2,
        changes: [
          { field: 'wanted', from: 'horror, directed by James Wan', to: 'thriller' },
          { field: 'targets', from: '…', to: 'changed' },
          { field: 'patience', from: 'normal', to: 'high' },
          { field: 'anonymity', from: '5', to: '3' },
        ],
      },
    ]);
    const [edit] = editViews(after, catalogue, true);
    expect(edit?.changes[1]).toEqual({
      field: 'targets',
      from: 'The Conjuring (2013), Saw (2004)',
      to: 'Halloween (2018)',
    });
    expect(editViews(begun, catalogue, true)).toEqual([]);
  });

  it('judges a recommendation by the brief of its turn, and says which brief scored the whole', () => {
    const fits = turnViews(over, catalogue, true).flatMap(({ cards }) => cards.map((c) => c.fits));
    expect(fits).toEqual([false, true]);
    expect(outcomeView(over, catalogue).steered).toEqual({ count: 1, turn: 2 });
    expect(outcomeView(begun, catalogue).steered).toBeNull();
  });

  it('makes the next prompt from what is in force', () => {
    const { messages } = promptView('user', after, catalogue, true, true);
    expect(messages[0]?.content).toContain('You want: thriller.');
    expect(messages[0]?.content).not.toContain('James Wan');
  });

  it('begins the form with what is in force', () => {
    expect(steerDraft(after)).toMatchObject({ wanted: thriller, patience: 'high' });
    expect(steerDraft(tinyProfile)).toMatchObject({
      patience: 'normal',
      targets: ['film-4', 'film-5'],
    });
  });
});

describe('a person’s dialogue', () => {
  const models = { user: personSeat, recommender: { ...program, id: 'content' } };

  it('needs no profile: what depends on one is unknown, with the reason', () => {
    const dialogue: Dialogue = {
      ...dialogueOf(noProfile(catalogue), models),
      turns: [turnOf('user'), recommend, turnOf('user'), recommend],
      outcome: { status: 'limit', accepted: [], exchanges: 2 },
    };
    expect(checkDialogue(dialogue)).toMatchObject({ ok: true });
    const figures = outcomeView(dialogue, catalogue).figures;
    const verified = figures.find(({ label }) => label === 'figure.verified');
    expect(verified).toMatchObject({
      value: '–',
      details: ['profile without a wanted attribute'],
    });
    const targets = figures.find(({ label }) => label === 'figure.targets');
    expect(targets).toMatchObject({ value: '–', details: ['This profile has no hidden targets.'] });
  });

  it('is gone on with by a person, who sees nothing hidden until it is over', () => {
    const dialogue = dialogueOf(tinyProfile, models);
    expect(seatsOfRecord(dialogue)).toEqual({ user: 'person', recommender: 'content' });
    expect(seatOfPerson(dialogue)).toBe('user');
    const outcome = { status: 'limit' as const, accepted: [], exchanges: 0 };
    expect(seatOfPerson({ ...dialogue, outcome })).toBeNull();
    expect(seatOfPerson(begun)).toBeNull();
  });
});

it('offers the learned ranker only where a domain has one', () => {
  const seats = ['model', 'learned', 'content'] as const;
  const ranker = { name: 'any', rank: () => [] };
  const domain: Domain = {
    id: 'tiny',
    catalogue,
    shown: [],
    content: ranker,
    popularity: ranker,
    graph: () => ranker,
    random: () => ranker,
  };
  expect(seatsOfDomain(seats, domain)).toEqual(['model', 'content']);
  expect(seatsOfDomain(seats, { ...domain, learned: ranker })).toEqual([...seats]);
});
