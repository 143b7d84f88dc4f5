import { describe, expect, it } from 'vitest';
import type { RecommenderAgent } from '../../../src/lib/dialogue/agent';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { commandOf, defaultSettings } from '../../../src/lib/state/evaluate-command';
import { RatingFigure } from '../../../src/lib/state/evaluate-ratings.svelte';
import { bytesOf, fileName } from '../../../src/lib/state/evaluate-sources';
import { TurnMaker } from '../../../src/lib/state/evaluate-turns.svelte';
import { reportFile, type Provenance, type ReportDocument } from '../../../src/lib/report';
import { aDialogue, aTurn } from '../store/fixtures';
import { freshStores } from '../store/fresh-store';
import { catalogue, dialogue, recommends, says } from '../metrics/fixtures';
import { planned, sheet } from '../metrics/people/sheets';
import { writeRatings } from '../../../src/lib/store/ratings/files';
import { source } from './evaluate-support';

const open = freshStores();
const dataset = {
  schemaVersion: 1,
  id: 'people',
  name: 'people.jsonl',
  format: 'jsonl',
  domain: 'plays',
  licence: 'CC0-1.0',
  attribution: 'nobody',
  fileName: 'people.jsonl',
  dialogues: 2,
  titles: { marked: 0, linked: 0 },
  importedAt: 1,
} as const;

describe('the command line of a report', () => {
  it('quotes what a shell would take apart, and names what is not the default', () => {
    const run = source("a run's.jsonl", '');
    const words = commandOf(
      { runs: [run], people: source('people.jsonl', ''), singleTurns: null },
      { ...defaultSettings, seed: 9, domain: 'movies', encoder: false },
      { 'a + b': 'it’s $HOME' },
    );
    expect(words).toBe(
      `npm run evaluate -- 'a run'\\''s.jsonl' --human people.jsonl --domain movies --seed 9 --theta 0.5 ` +
        `--resamples 1000 --permutations 4999 --encoder none --names '{"a + b":"it’s $HOME"}' --report report`,
    );
  });

  it('names files as every system takes them', () => {
    expect(fileName('Tag: a/b ..')).toBe('Tag-a-b-...jsonl');
    expect(fileName('???')).toBe('dialogues.jsonl');
  });
});

describe('single turns made on the page', () => {
  const agent = rankerRecommender('popularity', createPopularityRanker(catalogue), catalogue);

  it('are answered seat by seat, and are the lines that the command reads', async () => {
    const store = await open();
    await store.importDialogues(
      ['d1', 'd2'].map((id) =>
        dialogue([says(), recommends(['f1'])], { id, runId: 'people', startedAt: 1 }),
      ),
    );
    const asked: { seat: string; seed: number }[] = [];
    const maker = new TurnMaker({
      store: () => store,
      agent: (seat, { seed }) => {
        asked.push({ seat, seed });
        return Promise.resolve({ agent, catalogue });
      },
    });
    maker.toggle('popularity');
    maker.dialogues = 1;
    const made = await maker.make(dataset);
    expect(maker.error).toBeNull();
    expect(asked).toEqual([
      { seat: 'content', seed: 1 },
      { seat: 'popularity', seed: 1 },
    ]);
    expect(made).toMatchObject({ kind: 'turns', count: 2, file: { name: 'people-turns.jsonl' } });
    const lines = made ? (await (await bytesOf(made)).text()).trim().split('\n') : [];
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { role: 'recommender', reference: { acts: ['recommend'], items: ['f1'] } },
      { dialogueId: 'd1' },
    ]);
  });

  it('say when there is nothing to answer, and stop without an error', async () => {
    const store = await open();
    await store.importDialogues([
      aDialogue({ runId: 'people', domain: 'plays', turns: [aTurn('Hi')] }),
    ]);
    const maker = new TurnMaker({
      store: () => store,
      agent: () => Promise.resolve({ agent, catalogue }),
    });
    expect(await maker.make(dataset)).toBeNull();
    expect(maker.error?.message).toContain('no recommender’s turn');
    const waiting = new TurnMaker({
      store: () => store,
      agent: (_seat, { signal }) =>
        new Promise<{ agent: RecommenderAgent; catalogue: typeof catalogue }>((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    });
    const making = waiting.make(dataset);
    await new Promise((done) => setTimeout(done, 20));
    waiting.cancel();
    expect(await making).toBeNull();
    expect(waiting).toMatchObject({ error: null, done: null });
  });
});

describe('ratings against a metric', () => {
  it('are read line by line, others told of, and drawn for one question', async () => {
    const lines = [
      ...['d1', 'd2'].map((dialogueId, i) =>
        JSON.stringify({ dialogueId, question: 'flow', rating: i + 2 }),
      ),
      '{"dialogueId":"d1","question":"flow","rating":null}',
      'x',
      '{"rating":3}',
    ];
    const figure = new RatingFigure();
    const dialogues = ['d1', 'd2', 'd3'].map((id) => dialogue([says()], { id }));
    await figure.read([new File([lines.join('\n')], 'ratings.jsonl')], dialogues);
    expect(figure.ratings).toHaveLength(2);
    expect(figure.problems).toEqual([
      { line: 3, reason: '"rating" is not a number.' },
      { line: 4, reason: 'It is not JSON.' },
      { line: 5, reason: 'It lacks "dialogueId" or "question".' },
    ]);
    figure.metric = 'verified-success';
    const chart = figure.chart({ catalogue, dialogues }, { seed: 1, theta: 0.5 });
    expect(chart?.points.map(({ x, y }) => [x, y])).toEqual([
      [0, 2],
      [0, 3],
    ]);
    expect(chart?.correlation.value).toBeNull();
  });
});

it('raters’ files of the rating room are unblinded for the dialogues that were evaluated', async () => {
  const dialogues = ['d1', 'd2'].map((id) => dialogue([says()], { id }));
  const { plan } = planned(dialogues, { count: 2 }).session;
  const ann = sheet(plan, 'Ann', () => 4);
  const figure = new RatingFigure();
  await figure.read([new File([writeRatings(plan, [ann])], 'ann.jsonl')], dialogues);
  expect(figure.error).toBeNull();
  const flow = figure.ratings.filter(({ question }) => question === 'flow');
  expect(flow.map(({ dialogueId }) => dialogueId).sort()).toEqual(['d1', 'd2']);
  expect(flow.map(({ rating }) => rating)).toEqual([4, 4]);
  await figure.read([new File([writeRatings(plan, [ann])], 'ann.jsonl')], []);
  expect(figure.error?.message).toContain('Nothing in these files rates');
});

it('LaTeX tables begin with what they were made from', () => {
  const table = { id: 'metrics', title: 'T', notes: [], columns: [], rows: [] };
  const document: ReportDocument = {
    title: 'R',
    sections: [
      { id: 'origin', title: 'Made from', text: ['Seed 1\n\\end'], tables: [table], charts: [] },
    ],
  };
  const provenance: Provenance = { command: 'c', program: 'p', files: [] };
  const { text } = reportFile('tex', document, {} as never, provenance);
  expect(text.split('\n').slice(0, 2)).toEqual(['% Needs booktabs.', '% Seed 1 \\end']);
  expect(text).toContain('\\begin{table}');
});
