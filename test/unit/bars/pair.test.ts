import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import type { ChatMessage } from '../../../src/lib/contracts/engine';
import { readLabels } from '../../../src/cli/prepare/labels';
import { sourceTurns } from '../../../src/cli/prepare/source-turns';
import { spokenTurn } from '../../../src/cli/prepare/build-turns';
import { userPrompt } from '../../../src/lib/prompt/request';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { leaningOf } from '../../bars/pair/answers';
import { catalogueFigures, humanFigures } from '../../bars/pair/bar-decisions';
import { catalogueQuestions } from '../../bars/pair/catalogue-decisions';
import type { HumanDialogue } from '../../bars/pair/human';
import { contextQuestions, picksOf, rowOf } from '../../bars/pair/human-context';
import { humanQuestions } from '../../bars/pair/human-decisions';
import { resumable, type Judge } from '../../bars/pair/jobs';
import { readPairOptions, typedOptions } from '../../bars/pair/options';
import { simulatedRows } from '../../bars/pair/tagging';
import { withRanker } from '../../bars/pair/bar-outcomes';
import { recallTurnMetrics } from '../../../src/lib/metrics/single-turn/recall';
import { catalogue, profile, redialDialogue } from '../prepare/fixtures';

/** A judge whose likeliest answer to a film is decided by the last message. */
function judgeBy(type: (last: string) => string): Judge {
  const last = (messages: readonly ChatMessage[]) => messages.at(-1)?.content ?? '';
  return {
    logProbabilities: (messages, texts) => {
      const likeliest = `[${type(last(messages))}`;
      return Promise.resolve(texts.map((text) => (text.startsWith(likeliest) ? -0.1 : -5)));
    },
    choose: (_messages, sets) => Promise.resolve(sets.map((set) => set[0] ?? '')),
  };
}

const human = (part: HumanDialogue['part'] = 'test'): HumanDialogue => {
  const source = redialDialogue({
    id: '12',
    messages: [
      [true, 'Hi, I want something scary from the 2010s'],
      [false, 'Have you seen @102 or @103 ?'],
      [true, 'No comedies for me, but the other one sounds good'],
      [false, 'Also @108'],
      [true, 'Thanks, bye'],
    ],
    answers: {
      '102': { suggested: 1, seen: 0, liked: 0 },
      '103': { suggested: 1, seen: 0, liked: 1 },
      '108': { suggested: 1, seen: 2, liked: 2 },
    },
  });
  const answers = source.answers;
  return { part, source, turns: sourceTurns(source), firstIsContext: false, answers };
};
const labels = readLabels(
  [
    'conversation,message,role,actions',
    '12,40,user,inform',
    '12,41,recommender,recommend',
    '12,42,user,reject accept',
    '12,43,recommender,recommend',
    '12,44,user,bye',
  ].join('\n'),
);

describe('decisions on catalogue facts', () => {
  // Two of three wishes must be met: whoever has but the star is a near miss.
  const wishes = {
    wanted: [...profile.wanted, { type: 'star', value: 'Tom Vexley' }],
    liked: [],
    disliked: [],
  };
  const profiles = Array.from({ length: 8 }, (_, i) => ({
    ...profile,
    ...wishes,
    id: `p${String(i)}`,
  }));
  const questions = catalogueQuestions(profiles, catalogue, 3);
  const figuresOf = async (judge: Judge) =>
    catalogueFigures(
      questions,
      await Promise.all(questions.map((q) => leaningOf(judge, q.view, q.label, catalogue))),
    );

  it('pair a fitting film with one that does not, half of them near misses', () => {
    expect(questions).toHaveLength(16);
    expect(questions.filter(({ kind }) => kind === 'near-miss')).toHaveLength(4);
    for (const { view, label } of questions) expect(view.recommended).toEqual([label]);
  });

  it('score 1 for who reads the card, 0 for who always accepts', async () => {
    // The facts alone, without what is noticed of them.
    const facts = (last: string) => last.split(/ \((?:meets |unwanted: )/)[0] ?? '';
    const reads = (last: string) =>
      ['horror', 'from the 2010s', 'Tom Vexley'].filter((fact) => facts(last).includes(fact))
        .length > 1
        ? 'accept'
        : 'reject';
    expect((await figuresOf(judgeBy(reads))).discrimination.value).toBe(1);
    const always = await figuresOf(judgeBy(() => 'accept'));
    expect([always.discrimination.value, always.control, always.auc.value]).toEqual([0, 0, 0.5]);
    const silent = await figuresOf(judgeBy(() => 'inform'));
    expect(silent.discrimination.value).toBe(0);
    expect(silent.firstActions['fits']).toEqual({ inform: 8 });
  });
});

describe('human decisions', () => {
  const questions = humanQuestions([human()], labels, catalogue, 2, 1);

  it('are the films that were liked or not, each without what its own answer tells', () => {
    expect(questions.map(({ key, liked }) => [key, liked])).toEqual([
      ['12/102', false],
      ['12/103', true],
    ]);
    for (const { view, label } of questions) {
      expect(view.recommended).toContain(label);
      // The talk ends with the recommendation: what was said to it is not known.
      expect(view.turns).toHaveLength(2);
      const [system] = userPrompt(view, catalogue.pack, 2).messages;
      expect(system?.content).not.toContain(label);
    }
    // Wishes are what was said before, completed from other films that were taken: none of 102's for it.
    const refused = questions.find(({ liked }) => !liked);
    expect(refused?.view.brief.wanted.map(({ value }) => value)).toContain('horror');
    expect(refused?.view.brief.wanted.map(({ value }) => value)).not.toContain('comedy');
  });

  it('score one half for who says the same of all', async () => {
    const answers = await Promise.all(
      questions.map((q) =>
        leaningOf(
          judgeBy(() => 'accept'),
          q.view,
          q.label,
          catalogue,
        ),
      ),
    );
    expect(humanFigures(questions, answers).auc.value).toBe(0.5);
  });
});

describe('human contexts', () => {
  const questions = contextQuestions(human(), labels, catalogue);
  const ranker = createPopularityRanker(catalogue);
  const recall = (pick: (i: number) => string | null) => {
    const rows = questions.map((q, i) => rowOf(q, 'x', ranker, catalogue, pick(i)));
    const metric = recallTurnMetrics.find(({ id }) => id === 'turn-recall@1-new');
    return metric?.measure(rows, 1, 0).value;
  };

  it('ask at every turn that recommends, with the talk before it', () => {
    expect(
      questions.map(({ answers, named, view }) => [answers, named, view.turns.length]),
    ).toEqual([
      [['102', '103'], [], 1],
      [['108'], ['102', '103'], 3],
    ]);
  });

  it('count the pick first, then the ranker', async () => {
    const job = { key: '12', questions };
    const picks = await picksOf(
      judgeBy(() => ''),
      job,
      ranker,
      catalogue,
      [1, 3, 'all'],
    );
    // This judge says the first of each set: the ranker's best, whatever K is.
    for (const { id, view } of questions) {
      const best = ranker.rank(view, catalogue, 1)[0];
      expect(picks[id]).toEqual({ '1': best, '3': best, all: best });
    }
    expect(recall((i) => picks[questions[i]?.id ?? '']?.['all'] ?? null)).toBe(recall(() => null));
    expect(recall((i) => questions[i]?.answers[0] ?? null)).toBe(2 / 3);
  });
});

describe('simulated dialogues', () => {
  const first = spokenTurn('user', [{ type: 'inform' }], 'Something scary.', [], [], catalogue);
  const act = [{ type: 'recommend', items: ['102'] }] as const;
  const second = spokenTurn(
    'recommender',
    act,
    'How about Zephyrine Falls (2003)? You will laugh.',
    [first],
    [],
    catalogue,
  );
  const dialogue = { id: 'd', profileId: 'p', turns: [first, second] } as unknown as Dialogue;

  it('are tagged like human ones, titles apart and without a questionnaire', () => {
    const rows = simulatedRows(dialogue);
    expect(rows.map(({ role, message, text }) => [role, message, text])).toEqual([
      ['user', 0, 'Something scary.'],
      ['recommender', 1, 'How about FILM ? You will laugh.'],
    ]);
    expect(rows[1]?.numbers).toMatchObject({ ownFilms: 1, fresh: 1, ownLiked: 0, ownSeen: 0 });
  });

  it('can be scored as if another ranker had recommended', () => {
    const ranker = createPopularityRanker(catalogue);
    const other = withRanker(dialogue, ranker, catalogue);
    expect(other.turns[1]?.actions).toEqual([{ type: 'recommend', items: ['101'] }]);
    expect(other.turns[0]).toBe(dialogue.turns[0]);
  });
});

describe('a measurement', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('goes on where it was interrupted, a line that was cut off again', async () => {
    folder = mkdtempSync(join(tmpdir(), 'pair-'));
    const file = join(folder, 'a/answers.jsonl');
    const jobs = ['a', 'b', 'c'].map((key) => ({ key }));
    const asked: string[] = [];
    const answer = ({ key }: { key: string }) => {
      asked.push(key);
      if (key === 'c' && asked.length === 3) return Promise.reject(new Error('power cut'));
      return Promise.resolve(key.toUpperCase());
    };
    await expect(resumable(jobs, file, [answer])).rejects.toThrow('power cut');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, -4));
    expect(await resumable(jobs, file, [answer, answer])).toEqual(['A', 'B', 'C']);
    expect(asked).toEqual(['a', 'b', 'c', 'b', 'c']);
    expect(await resumable(jobs, file, [answer])).toEqual(['A', 'B', 'C']);
    expect(asked).toHaveLength(5);
  });

  it('states the options that matter in its command', () => {
    expect(typedOptions(readPairOptions({}))).toBe('');
    expect(typedOptions(readPairOptions({ dialogues: '30', ranker: 'content' }))).toBe(
      ' --dialogues 30 --ranker content',
    );
    expect(() => readPairOptions({ dialogues: 'many' })).toThrow('--dialogues');
  });
});
