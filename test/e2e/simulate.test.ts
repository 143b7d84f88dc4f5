import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialogue } from '../../src/lib/contracts/dialogue';
import { namesItem, resultOf, summarise } from '../../src/lib/metrics';
import { shippedDomain } from '../support/domains';
import { root, simulate } from './lab';
import { withoutTimings } from '../support/timings';

const turns = 4;
const command = (out: string) => [
  ...['--engine', 'wasm', '--dialogues', '2', '--seed', '7', '--max-turns', String(turns)],
  ...['--trace', '--json', '--out', out],
];

describe('npm run simulate with the real model on wasm', () => {
  let folder = '';
  let text = '';
  let summary: Record<string, unknown> = {};
  let dialogues: Dialogue[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interplay-e2e-'));
    const out = join(folder, 'one.jsonl');
    const { code, stdout, stderr } = await simulate(command(out));
    expect(code, stderr).toBe(0);
    summary = JSON.parse(stdout) as typeof summary;
    text = await readFile(out, 'utf8');
    dialogues = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Dialogue);
  }, 900_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes two whole dialogues that fit the schema', async () => {
    const schema = await readFile(join(root, 'static/schema/dialogue.v1.schema.json'), 'utf8');
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(schema) as object);
    expect(dialogues).toHaveLength(2);
    for (const dialogue of dialogues) {
      expect(validate(dialogue), JSON.stringify(validate.errors)).toBe(true);
      expect(dialogue.outcome?.status).not.toBe('failed');
      expect(dialogue.turns.length).toBeGreaterThan(1);
      expect(dialogue.models.user.engine).toBe('wasm');
      expect(dialogue.models.user.hash).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(summary).toMatchObject({ dialogues: { asked: 2, finished: 2, failed: 0 } });
  });

  it('holds every action line with the grammar', () => {
    const kinds = dialogues.flatMap(({ turns: held }) =>
      held.flatMap(({ violations }) => violations.map(({ kind }) => kind)),
    );
    // What a grammar cannot rule out is counted in the records, and judged by the bars.
    for (const kind of [
      'unparsed',
      'unknown-action',
      'repeated-action',
      'missing-item',
      'unknown-item',
    ]) {
      expect(kinds).not.toContain(kind);
    }
  });

  it('tells the recommender nothing of the profile, and nobody a target before it was said', () => {
    const { catalogue } = shippedDomain('movies');
    expect(resultOf(summarise(dialogues, catalogue, 1), 'prompt-leak')?.value).toBe(0);
    for (const { profile, turns: held } of dialogues) {
      for (const turn of held) {
        expect(turn.prompt).toBeDefined();
        if (turn.role === 'recommender') expect(turn.prompt).not.toContain(profile.summary);
      }
    }
  });

  it('would find a leak if there were one', () => {
    const { catalogue } = shippedDomain('movies');
    const leaked = dialogues.map((dialogue): Dialogue => {
      const target = catalogue.byId(dialogue.targets[0] ?? '');
      if (target === null) throw new Error('a target that is no item');
      const [first, ...rest] = dialogue.turns;
      if (first === undefined) throw new Error('no turn');
      const prompt = `${first.prompt ?? ''} ${target.label}`;
      expect(namesItem(prompt, target)).toBe(true);
      return { ...dialogue, turns: [{ ...first, prompt }, ...rest] };
    });
    expect(resultOf(summarise(leaked, catalogue, 1), 'prompt-leak')?.value).toBe(1);
  });

  it('goes on after the first dialogue with the same bytes, but for timings', async () => {
    const out = join(folder, 'two.jsonl');
    await writeFile(out, text.slice(0, text.indexOf('\n') + 1));
    const { code, stderr } = await simulate(command(out));
    expect(code, stderr).toBe(0);
    expect(withoutTimings(await readFile(out, 'utf8'))).toBe(withoutTimings(text));
  });
});
