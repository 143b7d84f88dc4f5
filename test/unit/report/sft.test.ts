import { describe, expect, it } from 'vitest';
import { exportSft } from '../../../src/cli/prepare/sft-files';
import { scriptedTurn } from '../../../src/cli/simulate/script';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import type { ChatMessage } from '../../../src/lib/contracts/engine';
import { LabError } from '../../../src/lib/contracts/errors';
import { modelRecommender, modelUser } from '../../../src/lib/dialogue/model-agent';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import { renderChatml } from '../../../src/lib/engine/chatml';
import { steerDialogue } from '../../../src/lib/dialogue/steer';
import { wishOf } from '../../../src/lib/profile/steer';
import { promptVersion } from '../../../src/lib/prompt/version';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { chatmlPieces, sftExamples, sftRefusal, type SftPiece } from '../../../src/lib/report/sft';
import { readDialogue } from '../../../src/lib/store/jsonl';
import { tinyProfile } from '../../support/tiny-domain';
import { answering, depsOf, finish, tiny } from '../dialogue/harness';

/** A simulated dialogue as a record, with the requests that each side's model got. */
async function simulated(trace = false): Promise<{
  record: Dialogue;
  asked: Record<'user' | 'recommender', (readonly ChatMessage[])[]>;
}> {
  const [user, recommender] = [answering(scriptedTurn), answering(scriptedTurn)];
  const config = { ...defaultConfig, trace };
  const { turns, outcome } = await finish(
    depsOf({
      user: modelUser(user, tiny),
      recommender: modelRecommender(recommender, tiny, createPopularityRanker(tiny)),
      config,
    }),
  );
  const seat = { id: 'test-model', hash: null, promptVersion: null, engine: 'scripted' as const };
  const { targets, ...profile } = tinyProfile;
  return {
    record: {
      schemaVersion: 1,
      id: 'dialogue-1',
      runId: 'run-1',
      profileId: profile.id,
      domain: profile.domain,
      seed: 1,
      config,
      models: { user: seat, recommender: seat },
      promptVersion: promptVersion(),
      profile,
      targets,
      referenceDependent: false,
      resumed: false,
      turns,
      outcome,
      startedAt: 0,
    },
    asked: {
      user: user.requests.map(({ messages }) => messages),
      recommender: recommender.requests.map(({ messages }) => messages),
    },
  };
}

/** Of a dialogue that nobody steered: one example at most. */
function sftExample(...args: Parameters<typeof sftExamples>) {
  const [example = null, ...others] = sftExamples(...args);
  expect(others).toEqual([]);
  return example;
}

const textOf = (example: ReturnType<typeof sftExample>) =>
  example?.pieces.map(({ text }) => text).join('') ?? '';

describe('an example of a run', () => {
  it.each(['user', 'recommender'] as const)(
    'holds the prompts that the %s saw and the turns it wrote, without a trace',
    async (role) => {
      const { record, asked } = await simulated();
      expect(readDialogue(JSON.stringify(record)).ok).toBe(true);
      expect(record.turns.some((turn) => turn.prompt !== undefined)).toBe(false);
      const example = sftExample(record, role, tiny);
      const own = record.turns.filter((turn) => turn.role === role);
      const text = textOf(example);
      expect(own.length).toBeGreaterThan(1);
      own.forEach((turn, i) => {
        const prompt = renderChatml(asked[role][i] ?? []);
        expect(text.startsWith(`${prompt}${turn.raw}<|im_end|>`)).toBe(true);
      });
      expect(example?.pieces.filter(({ own: o }) => o).map((piece) => piece.text)).toEqual(
        own.map(({ raw }) => `${raw}<|im_end|>`),
      );
      expect(example).toMatchObject({
        id: `dialogue-1-${role}`,
        role,
        promptVersion: promptVersion(),
      });
    },
  );

  it('is the same with a trace, and whatever the targets are', async () => {
    const [plain, traced] = [await simulated(), await simulated(true)];
    expect(traced.record.turns.every((turn) => turn.prompt !== undefined)).toBe(true);
    for (const role of ['user', 'recommender'] as const) {
      const example = sftExample(plain.record, role, tiny);
      expect(sftExample(traced.record, role, tiny)).toEqual(example);
      expect(sftExample({ ...plain.record, targets: [] }, role, tiny)).toEqual(example);
    }
  });

  it('keeps turns that break the contract as context only', async () => {
    const { record } = await simulated();
    const broken: Dialogue = {
      ...record,
      turns: record.turns.map((turn, i) =>
        i === 2 ? { ...turn, violations: [{ kind: 'empty-text' }] } : turn,
      ),
    };
    const whole = sftExample(record, 'user', tiny);
    const part = sftExample(broken, 'user', tiny);
    expect(textOf(part)).toBe(textOf(whole));
    const count = (example: typeof whole) => example?.pieces.filter(({ own }) => own).length ?? 0;
    expect(count(part)).toBe(count(whole) - 1);
    expect(sftExample(record, 'user', tiny, () => false)).toBeNull();
  });

  it('holds a steered turn after the prompt it was written for', async () => {
    const { record: begun } = await simulated();
    const early = { ...begun, turns: begun.turns.slice(0, 2) };
    const wish = { ...wishOf(tinyProfile), summary: 'Wants to laugh.', patience: 'low' as const };
    const { profile, targets, edits = [] } = steerDialogue(early, wish, tiny);
    const record = { ...begun, profile, targets, edits };
    const [before, after, ...others] = sftExamples(record, 'user', tiny, () => true);
    expect(others).toEqual([]);
    expect([before?.id, after?.id]).toEqual(['dialogue-1-user', 'dialogue-1-user-from-2']);
    expect(textOf(before ?? null)).not.toContain('Wants to laugh.');
    expect(textOf(after ?? null)).toContain('Wants to laugh. You lose patience soon.');
    expect(textOf(after ?? null)).not.toContain(tinyProfile.summary);
    const own = [before, after].map((example) => example?.pieces.filter((piece) => piece.own));
    expect(own.map((pieces) => pieces?.length)).toEqual([
      1,
      record.turns.filter(({ role }) => role === 'user').length - 1,
    ]);
    expect(sftExamples(record, 'recommender', tiny)).toEqual(
      sftExamples(begun, 'recommender', tiny),
    );
  });

  it('needs the catalogue of the dialogue', async () => {
    const { record } = await simulated();
    expect(() => sftExample({ ...record, domain: 'other' }, 'user', tiny)).toThrow(LabError);
  });
});

describe('what is left out', () => {
  it.each([
    [{ outcome: null }, 'unfinished'],
    [{ outcome: { status: 'failed', accepted: [], exchanges: 0 } }, 'failed'],
    [{ outcome: { status: 'loop', accepted: [], exchanges: 0 } }, 'loop'],
    [{ referenceDependent: true }, 'reference-dependent'],
    [{ domain: 'other' }, 'other-domain'],
    [{}, null],
  ] as const)('%j: %s', async (part, reason) => {
    const { record } = await simulated();
    expect(sftRefusal({ ...record, ...part }, tiny)).toBe(reason);
  });
});

describe('an export', () => {
  const options = {
    catalogue: tiny,
    seats: 'both',
    validation: 0,
    withViolations: false,
    onlyActions: false,
  } as const;

  it('learns action lines alone where it is told so, in the same text', async () => {
    const { record } = await simulated();
    const whole = exportSft([record], options);
    const lines = exportSft([record], { ...options, onlyActions: true });
    expect([...lines.files.keys()]).toEqual([...whole.files.keys()]);
    for (const [name, text] of lines.files) {
      const pieces = (one = '') => (JSON.parse(one) as { pieces: SftPiece[] }).pieces;
      const learned = pieces(text).filter(({ own }) => own);
      expect(learned.length).toBeGreaterThan(1);
      for (const piece of learned) expect(piece.text).toMatch(/^\[.*\]\n$/);
      const join = (parts: SftPiece[]) => parts.map((piece) => piece.text).join('');
      expect(join(pieces(whole.files.get(name)))).toContain(join(pieces(text)));
    }
  });

  it('has a file for each role and split, a profile on one side only', async () => {
    const { record } = await simulated();
    const many = Array.from({ length: 60 }, (_, i) => ({
      ...record,
      id: `d-${String(i)}`,
      profileId: `p-${String(i % 30)}`,
    }));
    const { files, report } = exportSft(many, { ...options, validation: 0.3 });
    expect([...files.keys()].sort()).toEqual([
      'train.recommender.jsonl',
      'train.user.jsonl',
      'validation.recommender.jsonl',
      'validation.user.jsonl',
    ]);
    const ids = (name: string) =>
      (files.get(name) ?? '')
        .trim()
        .split('\n')
        .map((line) => Number(/d-(\d+)/.exec(line)?.[1]) % 30);
    const [train, validation] = [ids('train.user.jsonl'), ids('validation.user.jsonl')];
    expect(train.length + validation.length).toBe(60);
    expect(validation.some((profile) => train.includes(profile))).toBe(false);
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ dialogues: 60, dropped: {} });
  });

  it('counts what it leaves out and whose profiles are kept for measuring', async () => {
    const { record } = await simulated();
    const shown: Dialogue = {
      ...record,
      profile: { ...record.profile, source: { ...record.profile.source, split: 'shown' } },
    };
    const { files, report } = exportSft([shown, record, { ...record, outcome: null }], {
      ...options,
      seats: 'recommender',
    });
    expect([...files.keys()]).toEqual(['train.recommender.jsonl']);
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      dialogues: 3,
      heldOutProfiles: record.profile.source.split === 'shown' ? 2 : 1,
      dropped: { unfinished: 1 },
      examples: { 'train.recommender.jsonl': 2 },
    });
    expect(() => exportSft([{ ...record, outcome: null }], options)).toThrow(/No dialogue/);
  });
});

describe('pieces', () => {
  it('are none without an own turn', () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 's' },
      { role: 'user', content: 'u' },
      { role: 'assistant', content: 'a' },
    ];
    expect(chatmlPieces(messages, [false])).toEqual([]);
    expect(chatmlPieces(messages, [true]).map(({ own }) => own)).toEqual([false, true]);
  });
});
