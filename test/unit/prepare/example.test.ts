import { describe, expect, it } from 'vitest';
import {
  buildTurns,
  type ContextReason,
  type TurnsInput,
} from '../../../src/cli/prepare/build-turns';
import {
  counterpartExample,
  recommenderExample,
  userExample,
} from '../../../src/cli/prepare/example';
import { labelKey, type Labels } from '../../../src/cli/prepare/labels';
import { sourceTurns } from '../../../src/cli/prepare/source-turns';
import { takenFilms } from '../../../src/cli/prepare/targets';
import { writeTitles } from '../../../src/cli/prepare/titles';
import type { ActionType } from '../../../src/lib/contracts/action';
import { counterpartMessages } from '../../../src/lib/baseline/counterpart-prompt';
import { counterpartView } from '../../../src/lib/baseline/counterpart-view';
import { baselinePromptVersion } from '../../../src/lib/baseline/version';
import { userView } from '../../../src/lib/dialogue/views';
import { createRandom } from '../../../src/lib/domain/random';
import { renderChatml } from '../../../src/lib/engine/chatml';
import { toBrief } from '../../../src/lib/profile/brief';
import { userMessages } from '../../../src/lib/prompt/user';
import { promptVersion } from '../../../src/lib/prompt/version';
import { catalogue, profile, redialDialogue, type DialogueSpec } from './fixtures';

function turnsOf(
  messages: DialogueSpec['messages'],
  types: readonly (readonly ActionType[] | null)[],
  part: Partial<TurnsInput> = {},
) {
  const dialogue = redialDialogue({ messages });
  const source = sourceTurns(dialogue);
  const labels: Labels = new Map(
    source.flatMap(({ message }, i) => {
      const given = types[i];
      return given === null || given === undefined
        ? []
        : [[labelKey('7', message), given] as const];
    }),
  );
  const reasons: ContextReason[] = [];
  const turns = buildTurns(
    {
      conversation: '7',
      turns: source,
      firstIsContext: false,
      labels,
      answers: dialogue.answers,
      names: dialogue.names,
      known: [...profile.liked, ...profile.disliked],
      wishes: profile,
      catalogue,
      random: createRandom(5),
      ...part,
    },
    (_, reason) => reasons.push(reason),
  );
  return { turns, reasons };
}

const talk: DialogueSpec['messages'] = [
  [true, 'Hello, I loved @101. Something scary?'],
  [false, 'How about @103'],
  [true, 'ok, I will watch it'],
  [false, 'enjoy'],
  [true, 'bye'],
];
const types: readonly (readonly ActionType[])[] = [
  ['inform'],
  ['recommend'],
  ['accept'],
  ['bye'],
  ['bye'],
];

describe('examples', () => {
  const { turns, reasons } = turnsOf(talk, types);
  const brief = toBrief(profile, catalogue);
  const spoken = turns.map(({ turn }) => turn);

  it('are learned whole when nothing speaks against it', () => {
    expect(reasons).toEqual([]);
    expect(turns.map(({ turn }) => turn.actions)).toEqual([
      [{ type: 'inform', items: ['101'] }],
      [{ type: 'recommend', items: ['103'] }],
      [{ type: 'accept', items: ['103'] }],
      [{ type: 'bye' }],
      [{ type: 'bye' }],
    ]);
  });

  it("are the program's own prompts, each with its answer", () => {
    const example = userExample('x', brief, turns, catalogue);
    const text = example?.pieces.map((piece) => piece.text).join('') ?? '';
    expect(example?.promptVersion).toBe(promptVersion());
    for (const asked of [0, 2, 4]) {
      const prompt = renderChatml(
        userMessages(userView(brief, spoken.slice(0, asked), catalogue), catalogue.pack),
      );
      expect(text.startsWith(prompt)).toBe(true);
      expect(text.slice(prompt.length).startsWith(spoken[asked]?.raw ?? '-')).toBe(true);
    }
    expect(text).toContain('- Brackenmoor Nights (2011): horror');
  });

  it('mark exactly what the role writes, with the end of the turn', () => {
    const user = userExample('x', brief, turns, catalogue);
    expect(user?.pieces.filter(({ own }) => own).map(({ text }) => text)).toEqual(
      [0, 2, 4].map((i) => `${spoken[i]?.raw ?? ''}<|im_end|>`),
    );
    const recommender = recommenderExample('x', turns, catalogue);
    expect(recommender?.pieces.filter(({ own }) => own).map(({ text }) => text)).toEqual(
      [1, 3].map((i) => `${spoken[i]?.raw ?? ''}<|im_end|>`),
    );
    // The recommender's side holds nothing of the profile.
    expect(JSON.stringify(recommender)).not.toContain(profile.summary.slice(0, 5));
  });

  it("of the counterpart are its own prompts, hold the targets, and mark both sides' turns", () => {
    const example = counterpartExample('x', brief, ['103'], turns, catalogue);
    const text = example?.pieces.map((piece) => piece.text).join('') ?? '';
    expect(example?.promptVersion).toBe(baselinePromptVersion());
    turns.forEach((_, asked) => {
      const view = counterpartView(brief, ['103'], spoken.slice(0, asked), catalogue);
      const prompt = renderChatml(counterpartMessages(view, catalogue.pack));
      expect(text.startsWith(prompt)).toBe(true);
      expect(text.slice(prompt.length).startsWith(spoken[asked]?.raw ?? '-')).toBe(true);
    });
    expect(example?.pieces.filter(({ own }) => own).map((piece) => piece.text)).toEqual(
      spoken.map(({ raw }) => `${raw}<|im_end|>`),
    );
    expect(text.indexOf('- Brackenmoor Nights (2011): horror')).toBeLessThan(
      text.indexOf('im_end'),
    );
    const learned = turns.map((turn, i) => ({ ...turn, learn: i !== 1 }));
    const partly = counterpartExample('x', brief, ['103'], learned, catalogue);
    expect(partly?.pieces.filter(({ own }) => own)).toHaveLength(4);
  });

  it('end with the last thing learned, and are none when nothing is', () => {
    const learnFirst = turns.map((turn, i) => ({ ...turn, learn: i === 0 }));
    expect(userExample('x', brief, learnFirst, catalogue)?.pieces).toHaveLength(2);
    const none = turns.map((turn) => ({ ...turn, learn: false }));
    expect(userExample('x', brief, none, catalogue)).toBeNull();
  });
});

describe('the films that are taken', () => {
  const { turns } = turnsOf(talk, types);
  const spoken = turns.map(({ turn }) => turn);
  const none = new Map();

  it('are recommended ones that were accepted, or liked unseen by the questionnaire', () => {
    expect(takenFilms(spoken, none)).toEqual(['103']);
    const answer = { suggested: true, seen: false, liked: true };
    const before = spoken.slice(0, 2);
    expect(takenFilms(before, none)).toEqual([]);
    expect(takenFilms(before, new Map([['103', answer]]))).toEqual(['103']);
    expect(takenFilms(before, new Map([['103', { ...answer, seen: true }]]))).toEqual([]);
    expect(takenFilms(before, new Map([['103', { ...answer, liked: null }]]))).toEqual([]);
    // Liked by the person, but not what the recommender came up with.
    expect(takenFilms(before, new Map([['101', answer]]))).toEqual([]);
  });
});

describe('turns that stay context', () => {
  it.each<
    [ContextReason, DialogueSpec['messages'], (readonly ActionType[] | null)[], Partial<TurnsInput>]
  >([
    ['opening', [[true, 'fine, you?']], [['chat']], { firstIsContext: true }],
    ['unlabelled', [[true, 'hm']], [null], {}],
    ['violation', [[true, 'I like @102']], [['inform']], {}],
    ['long', [[true, 'so '.repeat(60)]], [['chat']], {}],
    ['slate', [[false, '@101 @102 @103 @104']], [['recommend']], { known: [] }],
    [
      'accepts-misfit',
      [
        [false, 'try @106'],
        [true, 'I will watch that'],
      ],
      [['recommend'], ['accept']],
      {},
    ],
  ])('%s', (reason, messages, given, part) => {
    const { turns, reasons } = turnsOf(messages, given, part);
    expect(reasons).toEqual([reason]);
    expect(turns.at(-1)?.learn).toBe(false);
  });
});

describe('titles', () => {
  it('stand mostly with the year, and always resolve to the film', () => {
    const random = createRandom(11);
    const texts = Array.from({ length: 300 }, () =>
      writeTitles('see @101 now', catalogue, new Map(), random),
    );
    const bare = texts.filter((text) => text === 'see Quillow Harbour now');
    const labelled = texts.filter((text) => text === 'see Quillow Harbour (1994) now');
    expect(bare.length + labelled.length).toBe(300);
    expect(bare.length).toBeGreaterThan(30);
    expect(bare.length).toBeLessThan(100);
  });

  it('of films that the catalogue lacks are those of the source', () => {
    const names = new Map([['900', 'Unlisted  (1971)']]);
    expect(writeTitles('@900!', catalogue, names, createRandom(1))).toBe('Unlisted (1971)!');
  });
});
