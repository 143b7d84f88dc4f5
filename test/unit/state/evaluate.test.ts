import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import type { Evaluation } from '../../../src/lib/metrics';
import type { Provenance } from '../../../src/lib/report';
import { bytesOf, keptSource, sourcesOfRuns } from '../../../src/lib/state/evaluate-sources';
import { metricCards } from '../../../src/lib/state/views/evaluate';
import { freshStores } from '../store/fresh-store';
import { evaluate, folderOfTest } from '../../support/evaluate-command';
import { boardgames, hold, jsonl, type HeldRun } from '../../support/held-runs';
import { evaluatorOn, source } from './evaluate-support';

const open = freshStores();
let catalogue: Catalogue;
let popular: HeldRun;
let random: HeldRun;
beforeAll(async () => {
  ({ catalogue } = await boardgames());
  popular = await hold({ user: 'honest', ranker: 'popularity' }, 8);
  random = await hold({ user: 'honest', ranker: 'random' }, 8);
}, 120_000);

const folder = folderOfTest();

/** What the command says of the same files, given as it is typed. */
async function commanded(
  files: Readonly<Record<string, string>>,
  command: string,
): Promise<{ evaluation: Evaluation; provenance: Provenance }> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder(), name), text);
  const typed = [...command.replace('npm run evaluate -- ', '').matchAll(/'([^']*)'|(\S+)/g)];
  const words = typed.map(([, quoted, bare]) => quoted ?? bare ?? '');
  const { code, out } = await evaluate(...words, '--json');
  expect(code).toBe(0);
  return JSON.parse(out) as { evaluation: Evaluation; provenance: Provenance };
}

const people = [
  {
    id: 'x',
    turns: [
      { role: 'user', text: 'Something with dice, please?', acts: ['ask'] },
      { role: 'recommender', text: 'Why not try the one about trains.', acts: ['recommend'] },
      { role: 'user', text: 'I will take it, thanks.', acts: ['accept'] },
    ],
  },
  {
    id: 'y',
    turns: [
      { role: 'user', text: 'Hello, we are four tonight.' },
      { role: 'recommender', text: 'Do you like to work together?' },
    ],
  },
]
  .map((one) => `${JSON.stringify(one)}\n`)
  .join('');

const turns = [0, 1, 2]
  .map(
    (i) =>
      `${JSON.stringify({
        id: String(i),
        dialogueId: String(i % 2),
        role: 'recommender',
        system: 'echo',
        hypothesis: { text: `You might like number ${String(i)}.`, acts: ['recommend'] },
        reference: { text: 'Have you tried the one with trains?', acts: ['ask'] },
      })}\n`,
  )
  .join('');

describe('the page and the command', () => {
  it('give identical numbers of the same files, and name each other by hash and command', async () => {
    const files = {
      'popular.jsonl': jsonl(popular.dialogues),
      'random.jsonl': `${jsonl(random.dialogues)}cut o\n`,
      'people.jsonl': people,
      'turns.jsonl': turns,
    };
    const evaluator = evaluatorOn(catalogue);
    evaluator.set({ seed: 7, theta: 0.4 });
    evaluator.add([
      source('popular.jsonl', files['popular.jsonl']),
      source('random.jsonl', files['random.jsonl']),
    ]);
    evaluator.setPeople(source('people.jsonl', people));
    evaluator.setSingleTurns(source('turns.jsonl', turns));
    await evaluator.run();
    expect(evaluator.error).toBeNull();
    evaluator.rename('honest + random', 'Baseline');
    const { evaluation } = evaluator.named;
    expect(evaluation?.systems.map(({ name }) => name)).toEqual([
      'honest + popularity',
      'Baseline',
    ]);
    expect(evaluation?.people?.dialogues).toBe(2);
    expect(evaluation?.singleTurns[0]?.turns).toBe(3);
    expect(evaluation?.comparisons.some(({ p }) => p !== null)).toBe(true);

    const { provenance } = evaluator;
    const said = await commanded(files, provenance?.command ?? '');
    expect(said.evaluation).toEqual(evaluator.named.evaluation);
    expect(said.provenance.files).toEqual(provenance?.files);
    expect(provenance?.files.map(({ sha256 }) => sha256.length)).toEqual([64, 64, 64, 64]);
  }, 240_000);

  it('do so of stored runs, which the page saves byte for byte as it read them', async () => {
    const store = await open();
    for (const { run, dialogues } of [popular, random]) {
      await store.createRun(run);
      await store.importDialogues(dialogues);
    }
    const { found, gone } = await sourcesOfRuns(store, [random.run.id, 'none', popular.run.id]);
    expect(gone).toEqual(['none']);
    expect(found.map(({ count }) => count)).toEqual([8, 8]);
    const evaluator = evaluatorOn(catalogue);
    evaluator.add(found);
    evaluator.add(found);
    expect(evaluator.sources).toHaveLength(2);
    await evaluator.run();
    evaluator.replace(found);
    expect(evaluator.stale).toBe(false);
    const files: Record<string, string> = {};
    for (const one of found) files[one.file.name] = await (await bytesOf(one)).text();
    const said = await commanded(files, evaluator.provenance?.command ?? '');
    expect(said.evaluation).toEqual(evaluator.result?.evaluation);
    expect(said.provenance.files).toEqual(evaluator.provenance?.files);
  }, 240_000);

  it('takes kept dialogues by a filter', async () => {
    const store = await open();
    await store.importDialogues([...popular.dialogues, ...random.dialogues]);
    await store.changeTags([popular.dialogues[0]?.id ?? ''], { add: ['odd'] });
    const kept = await keptSource(store, { tag: 'odd' }, 'Tag odd');
    expect(kept).toMatchObject({ count: 1, file: { name: 'Tag-odd.jsonl' } });
    const evaluator = evaluatorOn(catalogue);
    evaluator.add([kept]);
    await evaluator.run();
    expect(evaluator.result?.evaluation.systems).toMatchObject([{ dialogues: 1 }]);
    expect(evaluator.result?.evaluation.systems[0]?.warnings.join(' ')).toContain('say little');
  }, 120_000);
});

describe('bad input', () => {
  const good = () => source('good.jsonl', jsonl(popular.dialogues));
  async function evaluated(...sources: ReturnType<typeof good>[]) {
    const evaluator = evaluatorOn(catalogue);
    evaluator.set({ resamples: 0 });
    evaluator.add(sources);
    await evaluator.run();
    return evaluator;
  }
  const told = (evaluator: Awaited<ReturnType<typeof evaluated>>, name: string) =>
    evaluator.files.find((file) => file.name === name)?.problems ?? [];

  it('an empty run is told of, and hurts no other; nothing but empty ones is an error', async () => {
    const both = await evaluated(source('empty.jsonl', ''), good());
    expect(told(both, 'empty.jsonl')).toEqual([{ line: 1, reason: 'The file holds no dialogue.' }]);
    expect(both.result?.evaluation.systems).toMatchObject([{ dialogues: 8 }]);
    const alone = await evaluated(source('empty.jsonl', '\n'));
    expect(alone.result).toBeNull();
    expect(alone.error?.message).toContain('no dialogue to evaluate');
    expect(alone.isBusy).toBe(false);
  }, 120_000);

  it('lines of other schema versions, cut off, or with NaN are told with their number', async () => {
    const [first = '', second = ''] = jsonl(random.dialogues).split('\n');
    const lines = [
      first,
      second.replace('"schemaVersion":1', '"schemaVersion":9'),
      second.slice(0, 40),
      second.replace(/"seed":\d+/, '"seed":NaN'),
    ];
    const evaluator = await evaluated(source('mixed.jsonl', lines.join('\n')), good());
    const problems = told(evaluator, 'mixed.jsonl');
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(problems[0]?.reason).toContain('record version 9');
    expect(problems[2]?.reason).toContain('not JSON');
    const { systems } = evaluator.result?.evaluation ?? { systems: [] };
    expect(systems.map(({ dialogues }) => dialogues)).toEqual([1, 8]);
  }, 120_000);

  it('a huge line costs what comes after it in its own file, nothing else', async () => {
    const [first = ''] = jsonl(random.dialogues).split('\n');
    const huge = source('huge.jsonl', `${first}\n${'x'.repeat(17 * 1024 * 1024)}\n${first}\n`);
    const evaluator = await evaluated(huge, good());
    expect(told(evaluator, 'huge.jsonl')[0]?.reason).toContain('longer than');
    const { systems } = evaluator.result?.evaluation ?? { systems: [] };
    expect(systems.map(({ dialogues }) => dialogues)).toEqual([1, 8]);
  }, 120_000);

  it('dialogues without targets leave recall unknown, with the reason, not 0', async () => {
    const bare = popular.dialogues.map((one): Dialogue => ({ ...one, targets: [] }));
    const evaluator = await evaluated(source('bare.jsonl', jsonl(bare)));
    const { evaluation } = evaluator.named;
    const recall = evaluation?.systems[0]?.results.find(({ id }) => id === 'recall@1-first-macro');
    expect(recall?.value).toBeNull();
    expect(recall?.reason).not.toBe('');
    expect(evaluation?.systems[0]?.warnings.join(' ')).toContain('No dialogue has a hidden target');
    const card = evaluation && metricCards(evaluation).find(({ id }) => id === recall?.id);
    expect(card?.systems[0]).toMatchObject({ value: 'unknown', isKnown: false });
  }, 120_000);

  it('several prompt versions are several systems, and the report warns', async () => {
    const other = random.dialogues.map((one): Dialogue => ({ ...one, promptVersion: 'old' }));
    const evaluator = await evaluated(
      source('now.jsonl', jsonl(random.dialogues)),
      source('old.jsonl', jsonl(other.map((one) => ({ ...one, id: `${one.id}-old` })))),
    );
    expect(evaluator.result?.evaluation.systems).toHaveLength(2);
    expect(evaluator.report?.sections[0]?.text.join(' ')).toContain('prompted differently');
  }, 120_000);

  it('dialogues of several domains are refused until a catalogue is chosen', async () => {
    const films = random.dialogues.map((one): Dialogue => ({ ...one, domain: 'movies' }));
    const evaluator = await evaluated(good(), source('films.jsonl', jsonl(films)));
    expect(evaluator.error?.message).toContain('several domains: boardgames, movies');
    evaluator.set({ domain: 'boardgames' });
    await evaluator.run();
    expect(evaluator.error).toBeNull();
    expect(evaluator.result?.evaluation.systems.length).toBeGreaterThan(0);
  }, 120_000);

  it('people that are none, or turns that are none, are an error that names the file', async () => {
    const evaluator = await evaluated(good());
    const before = evaluator.result;
    evaluator.setPeople(source('odd.jsonl', '[]\n'));
    expect(evaluator.stale).toBe(true);
    await evaluator.run();
    expect(evaluator.error?.message).toContain('odd.jsonl holds no dialogue of people');
    expect(evaluator.result).toBe(before);
    expect(evaluator.stale).toBe(true);
  }, 120_000);
});

describe('an evaluation under way', () => {
  it('is called off, and leaves the last report on show', async () => {
    const evaluator = evaluatorOn(catalogue);
    evaluator.add([source('a.jsonl', jsonl(popular.dialogues))]);
    await evaluator.run();
    const { result } = evaluator;
    expect(result).not.toBeNull();
    evaluator.set({ seed: 2 });
    const running = evaluator.run();
    evaluator.cancel();
    await running;
    expect(evaluator).toMatchObject({ step: 'idle', error: null, stale: true });
    expect(evaluator.result).toBe(result);
  }, 120_000);

  it('refuses two systems of one name, and goes on under the old ones', async () => {
    const evaluator = evaluatorOn(catalogue);
    evaluator.set({ resamples: 0 });
    evaluator.add([source('a.jsonl', jsonl([...popular.dialogues, ...random.dialogues]))]);
    await evaluator.run();
    evaluator.rename('honest + random', 'honest + popularity');
    expect(evaluator.named.problem).toContain('Two systems would be called');
    expect(evaluator.provenance?.command).not.toContain('--names');
    evaluator.rename('honest + random', '  ');
    expect(evaluator.named.problem).toBeNull();
    expect(evaluator.report?.sections.map(({ id }) => id)).toContain('headlines');
  }, 120_000);
});
