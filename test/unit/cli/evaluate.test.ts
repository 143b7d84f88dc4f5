import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineFile } from '../../../src/cli/evaluate/files';
import { readEvaluationPlan } from '../../../src/cli/evaluate/plan';
import {
  readPeopleFile,
  readRunFile,
  readSingleTurnFile,
  type Evaluation,
  type LineFile,
} from '../../../src/lib/metrics';
import { writeDialogue } from '../../../src/lib/store/jsonl';
import { evaluate, folderOfTest } from '../../support/evaluate-command';
import { middling } from '../metrics/evaluation/systems';

const folder = folderOfTest();

async function file(name: string, ...lines: readonly (string | object)[]): Promise<LineFile> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(join(folder(), name), `${text.join('\n')}\n`);
  return lineFile(join(folder(), name));
}

/** Records of another catalogue's items: outcomes are known, fits are not. */
const records = () =>
  middling()
    .slice(0, 6)
    .map((one) => writeDialogue({ ...one, domain: 'boardgames' }));

describe('npm run evaluate', () => {
  it('writes a report whose JSON repeats byte for byte', async () => {
    await file('a.jsonl', ...records(), 'cut o');
    const line = ['a.jsonl', '--encoder', 'none', '--resamples', '20', '--permutations', '20'];
    const first = await evaluate(...line, '--report', 'one');
    expect(first.code).toBe(0);
    expect(first.err).toContain('a.jsonl, line 7: It is not JSON');
    expect(first.out).toContain('### Outcome');
    const files = (await readdir(join(folder(), 'one'), { recursive: true })).sort();
    expect(files).toEqual(
      expect.arrayContaining([
        'report.html',
        'report.md',
        'report.json',
        join('tables', 'outcome.csv'),
        join('tables', 'outcome.tex'),
        join('figures', 'outcome-bars.svg'),
      ]),
    );
    await evaluate(...line, '--report', 'one');
    const text = await readFile(join(folder(), 'one', 'report.json'), 'utf8');
    const { provenance } = JSON.parse(text) as { provenance: { command: string } };
    expect(provenance.command).toBe(`npm run evaluate -- ${line.join(' ')} --report one`);
    await rm(join(folder(), 'one'), { recursive: true });
    await evaluate(...line, '--report', 'one');
    expect(await readFile(join(folder(), 'one', 'report.json'), 'utf8')).toBe(text);
  }, 120_000);

  it('--json puts out the numbers alone', async () => {
    await file('a.jsonl', ...records());
    const { out } = await evaluate('a.jsonl', '--encoder', 'none', '--resamples', '0', '--json');
    const { evaluation } = JSON.parse(out) as { evaluation: Evaluation };
    expect(evaluation.systems[0]).toMatchObject({ name: 'middling + middling', dialogues: 6 });
    expect(evaluation.systems[0]?.warnings.join(' ')).toContain('6 dialogues say little');
  }, 120_000);

  it(
    'scores single turns with the encoder that ships, and prints its signature',
    { timeout: 240_000 },
    async () => {
      const line = (id: string, text: string) => ({
        id,
        dialogueId: id,
        role: 'user',
        system: 'mine',
        hypothesis: { text },
        reference: { text: 'I would like a funny film.' },
      });
      await file('turns.jsonl', line('a', 'I would like a funny film.'), line('b', 'No, thanks.'));
      const { code, out } = await evaluate(
        '--single-turn',
        'turns.jsonl',
        '--resamples',
        '0',
        '--json',
      );
      expect(code).toBe(0);
      const { evaluation } = JSON.parse(out) as { evaluation: Evaluation };
      const score = evaluation.singleTurns[0]?.results.find(({ id }) => id === 'turn-bertscore-f1');
      expect(score?.counts?.of).toBe(2);
      expect(score?.value).toBeGreaterThan(0.55);
      expect(score?.value).toBeLessThan(0.9);
      expect(score?.variant).toMatch(/^all-MiniLM-L6-v2, layer 5 of 6, no idf, not rescaled, int8/);
      expect(evaluation.encoder?.baseline?.pairs).toBeGreaterThan(1000);
    },
  );

  it('says what to do when there is nothing to evaluate', async () => {
    await file('empty.jsonl', '');
    const { code, err } = await evaluate('empty.jsonl');
    expect(code).toBe(2);
    expect(err).toContain('The file holds no dialogue.');
    expect(err).toContain('There is no dialogue to evaluate');
    expect((await evaluate()).err).toContain('Name a file of dialogues');
    expect((await evaluate('none.jsonl')).err).toContain('cannot be read');
  }, 60_000);
});

describe('the command line', () => {
  it('tells files from flags and their values', () => {
    expect(
      readEvaluationPlan(['a.jsonl', '--human', 'h.jsonl', 'b.jsonl', '--json', '--seed', '7']),
    ).toMatchObject({ runs: ['a.jsonl', 'b.jsonl'], human: 'h.jsonl', json: true, seed: 7 });
    expect(() => readEvaluationPlan(['a.jsonl', '--nonsense'])).toThrow(/--nonsense/);
    expect(() => readEvaluationPlan(['a.jsonl', '--seed', 'x'])).toThrow(/whole number/);
  });
});

describe('input files', () => {
  it('a run: other lines are unharmed by bad ones, a huge line by its file only', async () => {
    const [whole = ''] = records();
    const mixed = await readRunFile(
      await file('m.jsonl', whole, { schemaVersion: 9 }, whole.replace('"seed":1', '"seed":NaN')),
    );
    expect(mixed.dialogues).toHaveLength(1);
    expect(mixed.file.problems.map(({ line }) => line)).toEqual([2, 3]);
    expect(mixed.file.problems[0]?.reason).toContain('record version 9');
    const huge = await readRunFile(await file('h.jsonl', 'x'.repeat(17 * 1024 * 1024)));
    expect(huge.file.problems[0]?.reason).toContain('longer than');
  });

  it("people's dialogues come in three forms", async () => {
    const plain = {
      id: 'x',
      turns: [
        { role: 'user', text: 'A farce?', acts: ['ask'] },
        { role: 'recommender', text: 'Why not.' },
      ],
    };
    const redial = {
      conversationId: 5,
      initiatorWorkerId: 1,
      respondentWorkerId: 2,
      messages: [
        { senderWorkerId: 2, text: 'Hi' },
        { senderWorkerId: 2, text: 'there' },
        { senderWorkerId: 1, text: 'Hello' },
      ],
    };
    const { dialogues, file: source } = await readPeopleFile(
      await file('p.jsonl', plain, redial, records()[0] ?? '', {
        id: 'y',
        turns: [{ role: 'judge' }],
      }),
      'boardgames',
    );
    expect(dialogues.map(({ turns }) => turns.length)).toEqual([2, 2, 5]);
    expect(dialogues[0]?.turns[0]?.actions).toEqual([{ type: 'ask' }]);
    expect(dialogues[1]?.turns[0]).toMatchObject({ role: 'recommender', text: 'Hi there' });
    expect(source.problems).toEqual([
      { line: 4, reason: 'A turn of it lacks a role, a text, or has an unknown act.' },
    ]);
    await expect(readPeopleFile(await file('q.jsonl', '[]'), 'x')).rejects.toThrow(
      /no dialogue of people/,
    );
  });

  it('single turns are checked one by one', async () => {
    const row = {
      id: '1',
      dialogueId: 'd',
      role: 'user',
      system: 's',
      hypothesis: { text: 'Yes.', acts: ['accept'] },
      reference: { text: 'Sure.' },
    };
    const { rows, file: source } = await readSingleTurnFile(
      await file(
        's.jsonl',
        row,
        { ...row, hypothesis: { text: 'x', acts: ['recommend'] } },
        { ...row, reference: {} },
      ),
    );
    expect(rows).toEqual([{ ...row, named: [] }]);
    expect(source.problems.map(({ reason }) => reason)).toEqual([
      'Its hypothesis has an act that the user does not have.',
      'Its reference has no text.',
    ]);
  });
});
