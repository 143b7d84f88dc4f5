import { describe, expect, it } from 'vitest';
import { baselinePromptVersion } from '../../../src/lib/baseline/version';
import type { Outcome, Turn } from '../../../src/lib/contracts/dialogue';
import type { ModelRole } from '../../../src/lib/contracts/engine';
import { createDialogue, createRun } from '../../../src/lib/dialogue/start';
import { askedModels, configOf, firstChoices } from '../../../src/lib/state/choices';
import type { Domain } from '../../../src/lib/state/domain';
import {
  counterpartMissing,
  counterpartModel,
  type ModelEntry,
} from '../../../src/lib/state/models';
import { profilesOfWish, runsOfWish } from '../../../src/lib/state/runs-plan';
import { seatFacts, seatRecords, seatsOfRecord, takeSeats } from '../../../src/lib/state/seats';
import { Talk } from '../../../src/lib/state/talk.svelte';
import { outcomeView } from '../../../src/lib/state/views/outcome';
import { promptView } from '../../../src/lib/state/views/prompts';
import { tinyProfile } from '../../support/tiny-domain';
import { answering, tiny } from '../dialogue/harness';

const chosen = { ...firstChoices, user: 'honest', recommender: 'counterpart' } as const;
const domain = { id: 'tiny', catalogue: tiny } as Domain;
const target = tiny.byId(tinyProfile.targets[0] ?? '')?.label ?? '-';
const script = [
  `[inform]\nI would love ${target}.`,
  `[recommend: ${target}]\nThen ${target}.`,
  `[accept: ${target}] [bye]\nThat is it.`,
];

function entry(id: string, role: ModelRole | null): ModelEntry {
  return { id, title: id, bytes: 1, role, location: `/${id}`, card: null, added: false };
}

async function seated() {
  const asked: ModelRole[] = [];
  const engine = answering((_, i) => script[i] ?? '[bye]\nBye.');
  const seats = await takeSeats(chosen, domain, 1, (role) => {
    asked.push(role);
    return Promise.resolve(engine);
  });
  return { seats, asked, engine };
}

describe('the counterpart in the page', () => {
  it('asks for one model, that of both seats, and for no other', async () => {
    expect(askedModels(chosen)).toEqual(['both']);
    expect((await seated()).asked).toEqual(['both']);
    expect(askedModels(firstChoices)).toEqual(['user', 'recommender']);
    expect(askedModels({ user: 'honest', recommender: 'oracle' })).toEqual([]);
  });

  it('holds a dialogue that is marked as handed the targets, with its leaks counted', async () => {
    const { seats } = await seated();
    const { referenceDependent, ...version } = seatFacts(seats);
    expect(referenceDependent).toBe(true);
    const run = createRun(
      {
        domain: 'tiny',
        seed: 1,
        // The script is said as it stands, leaks and all.
        config: { ...configOf(chosen), redraws: 0 },
        models: seatRecords(seats),
        profileIds: [tinyProfile.id],
        ...version,
      },
      0,
    );
    expect(run.promptVersion).toBe(baselinePromptVersion());
    expect(run.config.candidates).toBeNull();
    const turns: Turn[] = [];
    const outcomes: Outcome[] = [];
    const talk = new Talk();
    await talk.hold(
      () =>
        Promise.resolve({
          dialogue: createDialogue(run, 'd', tinyProfile, referenceDependent, 0),
          seats,
          catalogue: tiny,
          keeper: {
            begin: () => Promise.resolve(),
            turn: async (_id, _index, turn) => void turns.push(turn),
            steer: () => Promise.resolve(),
            finish: async (_id, outcome) => void outcomes.push(outcome),
          },
        }),
      false,
    );
    expect(talk.error).toBeNull();
    expect(turns.map(({ raw }) => raw)).toEqual(script);
    const { dialogue } = talk;
    if (!dialogue) throw new Error('no dialogue');
    const leaks = outcomeView(dialogue, tiny).figures.find(({ label }) => label === 'figure.leaks');
    expect(leaks?.tone).toBe('bad');
    const inPage = { ...dialogue.models.user, engine: 'wasm' as const };
    expect(
      seatsOfRecord({ ...dialogue, models: { user: inPage, recommender: inPage } }),
    ).toMatchObject({ user: 'model', recommender: 'counterpart' });
    // Before its first turn the page shows the prompt that it will be asked with.
    const next = promptView(
      'user',
      { profile: dialogue.profile, turns: [], handed: dialogue.targets },
      tiny,
      true,
      false,
    );
    expect(next.messages[0]?.content).toContain(target);
  });

  it('takes a model that was made for it, never a zero-shot one', () => {
    const base = entry('base', null);
    expect(counterpartModel([base], null)).toBeNull();
    expect(counterpartModel([base, entry('c', 'both')], null)?.id).toBe('c');
    expect(counterpartModel([entry('c', 'both'), entry('d', 'both')], 'd')?.id).toBe('d');
    expect(counterpartMissing().message).toMatch(/Models page/);
  });

  it('is a run of its own, both seats its model’s, whatever the user is', () => {
    const wish = {
      profiles: 2,
      order: 'first' as const,
      seedsPerProfile: 1,
      recommenders: ['content', 'counterpart'] as const,
      candidates: [10],
      temperatures: [0.7],
    };
    const choices = { ...chosen, domain: 'tiny', counterpart: 'c' };
    const [pair, joint] = runsOfWish(wish, choices, ['a', 'b'], 0, () => 'id');
    expect(pair?.seats).toEqual({ user: 'honest', recommender: 'content' });
    expect(pair?.config.candidates).toBe(10);
    expect(joint?.seats).toEqual({ user: 'counterpart', recommender: 'counterpart' });
    expect(joint?.models).toEqual({ user: 'c', recommender: 'c' });
    expect(joint?.config.candidates).toBeNull();
    expect(joint?.profileIds).toEqual(profilesOfWish(wish, ['a', 'b'], 1));
  });
});
