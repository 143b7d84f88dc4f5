import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEvaluationPlan } from '../../../src/cli/evaluate/plan';
import type { Score } from '../../../src/lib/contracts';
import type { Evaluation } from '../../../src/lib/metrics';
import { ScriptedEngine } from '../../../src/lib/engine/scripted/engine';
import { readRatings, writeDialogue, writeRatings } from '../../../src/lib/store';
import { evaluate, folderOfTest } from '../../support/evaluate-command';
import { startOpenAiServer } from '../../support/openai-server';
import { alwaysAccept, middling } from '../metrics/evaluation/systems';
import { planned, sheet } from '../metrics/people/sheets';

const folder = folderOfTest();

const put = (name: string, text: string) => writeFile(join(folder(), name), text);

const dialogues = [...middling(), ...alwaysAccept()].map((one) => ({
  ...one,
  domain: 'boardgames',
}));
const { plan } = planned(dialogues, { count: 12 }).session;
const by = (rater: string, shift: number) =>
  sheet(plan, rater, (item) => (((plan.items.indexOf(item) + shift) % 4) + 1) as Score);

describe('npm run evaluate -- RUN --ratings FILE...', () => {
  it('prints agreement, differences and correlations, and puts them into the report', async () => {
    await put('run.jsonl', dialogues.map((one) => `${writeDialogue(one)}\n`).join(''));
    await put('ada.jsonl', writeRatings(plan, [by('Ada', 0)]));
    await put('bo.jsonl', writeRatings(plan, [by('Bo', 0), by('Cy', 1)]));
    const numbers = ['--resamples', '20', '--permutations', '99', '--encoder', 'none'];
    const files = ['run.jsonl', '--ratings', 'ada.jsonl', 'bo.jsonl', '--merged', 'all.jsonl'];
    const { code, out, err } = await evaluate(...files, ...numbers, '--report', 'report');
    expect(code).toBe(0);
    expect(out).toContain('What people say');
    for (const part of ['Agreement of raters', 'Automatic metrics against ratings', 'unproven']) {
      expect(out).toContain(part);
    }
    expect(err).toContain('The answers of 3 raters are in all.jsonl');
    const merged = readRatings(await readFile(join(folder(), 'all.jsonl'), 'utf8'), 'all');
    expect(merged.sheets.map(({ rater }) => rater)).toEqual(['Ada', 'Bo', 'Cy']);
    const text = await readFile(join(folder(), 'report', 'report.json'), 'utf8');
    const { evaluation } = JSON.parse(text) as { evaluation: Evaluation };
    expect(evaluation.ratings?.agreement[0]).toMatchObject({ raters: 3, items: 12 });
    expect(evaluation.ratings?.ratings).toHaveLength(36);
    const html = await readFile(join(folder(), 'report', 'report.html'), 'utf8');
    expect(html).toContain('Agreement of raters');
  }, 120_000);

  it('merges raters without the dialogues, and refuses files of another session', async () => {
    const other = planned(dialogues, { count: 12, seed: 9, title: 'Other' }).session.plan;
    await put('ada.jsonl', writeRatings(plan, [by('Ada', 0)]));
    await put('stray.jsonl', writeRatings(other, [sheet(other, 'Bo', () => 3)]));
    const { code, out, err } = await evaluate('--ratings', 'ada.jsonl', '--ratings', 'stray.jsonl');
    expect(code).toBe(0);
    expect(out).toContain('Agreement of raters');
    expect(out).toContain('stray.jsonl was left out');
    expect(err).toContain('belongs to another session');
    expect((await evaluate('--ratings', 'none.jsonl')).err).toContain('cannot be read');
  });
});

describe('--judge', () => {
  it('names an engine and perhaps a model', () => {
    const judgeOf = (...args: string[]) =>
      readEvaluationPlan(['a.jsonl', '--judge', ...args]).judge;
    expect(judgeOf('native')).toEqual({ engine: 'native', model: null, endpoint: null });
    expect(judgeOf('native/x.gguf')).toMatchObject({ model: 'x.gguf' });
    expect(judgeOf('http/org/model', '--endpoint', 'http://127.0.0.1:1/v1')).toEqual({
      engine: 'http',
      model: 'org/model',
      endpoint: 'http://127.0.0.1:1/v1',
    });
    expect(() => judgeOf('oracle')).toThrow(/must begin with one of/);
    expect(() => judgeOf('http/model')).toThrow(/an address/);
  });

  it('has a model judge, and calls it unproven where nobody rated', async () => {
    const few = dialogues.slice(0, 2);
    await put('run.jsonl', few.map((one) => `${writeDialogue(one)}\n`).join(''));
    const engine = new ScriptedEngine(({ seed }) => String((seed % 5) + 1));
    await engine.load({ id: 'judge', location: '' });
    const server = await startOpenAiServer(engine);
    const flags = [
      '--judge',
      'http/judge',
      '--endpoint',
      server.url,
      '--resamples',
      '0',
      '--encoder',
      'none',
    ];
    const { code, out } = await evaluate('run.jsonl', ...flags, '--json');
    const turns = few.reduce((sum, one) => sum + one.turns.length, 0);
    expect(server.received).toHaveLength(turns * 16);
    await server.close();
    expect(code).toBe(0);
    const { evaluation } = JSON.parse(out) as { evaluation: Evaluation };
    expect(evaluation.judge).toMatchObject({ model: 'judge', engine: 'http', how: 'draws' });
    const result = evaluation.systems[0]?.results.find(({ id }) => id === 'judge-overall');
    expect(result).toMatchObject({ n: 2 });
    expect(result?.variant).toContain('unproven');
  }, 60_000);
});
