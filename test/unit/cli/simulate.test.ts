import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import { withoutTimings } from '../../support/timings';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bootstrap = join(root, 'src', 'cli', 'bootstrap.mjs');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interplay-simulate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command as it is typed, without a model. @param interruptAfter what to wait for on stderr before Ctrl-C */
function simulate(line: string, interruptAfter?: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const args = ['simulate', '--domain', 'boardgames', ...line.split(' ')];
    const child = spawn(process.execPath, [bootstrap, ...args], {
      cwd: root,
      env: { ...process.env, INIT_CWD: folder },
    });
    let interrupted = false;
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (piece: Buffer) => (ended.stdout += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => {
      ended.stderr += piece.toString();
      // Once: a second Ctrl-C ends the command at once, without a summary.
      if (!interrupted && interruptAfter !== undefined && ended.stderr.includes(interruptAfter)) {
        interrupted = true;
        child.kill('SIGINT');
      }
    });
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ ...ended, code });
    });
  });
}

const read = () => readFile(join(folder, 'run.jsonl'), 'utf8');
const controls = '--user honest --recommender content --out run.jsonl';

describe('npm run simulate', () => {
  it('lets a tutored user practise with a ranker that was asked for, and says so in the records', async () => {
    const line =
      '--engine scripted --tutor --ranker popularity --out run.jsonl --dialogues 2 --json';
    expect(await simulate(line)).toMatchObject({ code: 0 });
    for (const record of (await read()).trim().split('\n')) {
      const { models } = JSON.parse(record) as Dialogue;
      expect(models.user.id).toMatch(/ tutored$/);
      expect(models.recommender).toMatchObject({ engine: 'scripted', ranker: 'popularity' });
    }
    for (const idle of ['--tutor --user honest', '--ranker random --recommender content']) {
      const refused = await simulate(`--engine scripted --out run.jsonl ${idle}`);
      expect(refused).toMatchObject({ code: 2 });
      expect(refused.stderr).toContain('that seat has none');
    }
  });

  it('writes dialogues and ends with one JSON summary', async () => {
    const { code, stdout } = await simulate(`${controls} --dialogues 3 --json`);
    expect(code).toBe(0);
    const summary = JSON.parse(stdout) as Record<string, unknown>;
    expect(summary).toMatchObject({
      out: join(folder, 'run.jsonl'),
      dialogues: { asked: 3, finished: 3, heldBefore: 0, failed: 0 },
      interrupted: false,
      error: null,
    });
    expect(JSON.stringify(summary['outcome'])).toContain('verified-success');
    expect((await read()).trim().split('\n')).toHaveLength(3);
  });

  it('lets one reference-dependent model write both sides, and says so in every record', async () => {
    const both = '--counterpart --engine scripted --out run.jsonl --trace --dialogues 2 --json';
    const { code, stdout } = await simulate(both);
    expect(code).toBe(0);
    const { models, promptVersion } = JSON.parse(stdout) as {
      models: Record<string, unknown>;
      promptVersion: string;
    };
    expect(models['user']).toEqual(models['recommender']);
    const dialogues = (await read()).trim().split('\n');
    expect(dialogues).toHaveLength(2);
    for (const line of dialogues) {
      const dialogue = JSON.parse(line) as Record<string, unknown>;
      expect(dialogue).toMatchObject({ referenceDependent: true, promptVersion });
      expect(line).toContain('In the end the recommender recommends, and the customer takes:');
    }
    const missing = await simulate('--counterpart --engine native --model smollm2-none');
    expect([missing.code, missing.stderr]).toEqual([3, expect.stringContaining('smollm2-none')]);
  });

  it('goes on where it ended: more dialogues are added, none is held twice', async () => {
    await simulate(`${controls} --dialogues 2`);
    const first = await read();
    const { stdout } = await simulate(`${controls} --dialogues 5 --json`);
    expect(JSON.parse(stdout)).toMatchObject({ dialogues: { finished: 5, heldBefore: 2 } });
    const all = await read();
    expect(all.startsWith(first)).toBe(true);
    const straight = await simulate(`${controls.replace('run', 'straight')} --dialogues 5`);
    expect(straight.code).toBe(0);
    const other = await readFile(join(folder, 'straight.jsonl'), 'utf8');
    expect(withoutTimings(other)).toBe(withoutTimings(all));
  });

  it('keeps whole lines when it is interrupted, and then finishes the same run', async () => {
    const many = `${controls} --dialogues 4000 --json`;
    const stopped = await simulate(many, 'dialogues,');
    expect(stopped.code).toBe(130);
    expect(JSON.parse(stopped.stdout)).toMatchObject({ interrupted: true });
    const text = await read();
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    for (const line of lines) JSON.parse(line);
    const { stdout } = await simulate(`${controls} --dialogues ${String(lines.length + 3)} --json`);
    expect(JSON.parse(stdout)).toMatchObject({
      dialogues: { heldBefore: lines.length, finished: lines.length + 3 },
    });
  });

  it('ends with 2 for what was asked wrongly, naming each bad line of a profiles file', async () => {
    expect((await simulate('--dialogues none')).code).toBe(2);
    expect((await simulate('--domain nowhere')).code).toBe(2);
    await writeFile(
      join(folder, 'mine.jsonl'),
      '{"summary":"Likes sea games.","wanted":[{"type":"theme","value":"sea"}]}\n{"summary":1}\nnot json\n',
    );
    const bad = await simulate(`${controls} --profiles mine.jsonl`);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/mine\.jsonl, line 2: /);
    expect(bad.stderr).toMatch(/mine\.jsonl, line 3: not JSON/);
    const skipped = await simulate(
      `${controls} --profiles mine.jsonl --skip-bad-lines --dialogues 1`,
    );
    expect([skipped.code, skipped.stderr]).toEqual([0, expect.stringContaining('line 2')]);
  });

  it('ends with 3 for an engine and with 4 for a place that cannot be written', async () => {
    const gone = await simulate(
      '--engine http --endpoint http://127.0.0.1:9/v1 --endpoint-model m',
    );
    expect([gone.code, gone.stderr]).toEqual([3, expect.stringContaining('endpoint-unreachable')]);
    const model = await simulate('--engine native --user no-such-model');
    expect([model.code, model.stderr]).toEqual([3, expect.stringContaining('no-such-model')]);
    await writeFile(join(folder, 'file'), '');
    const place = await simulate('--user honest --recommender random --out file/run.jsonl');
    expect([place.code, place.stderr]).toEqual([4, expect.stringContaining('storage-unavailable')]);
  });

  it('needs no model with the scripted engine', async () => {
    const { code, stdout } = await simulate(
      '--engine scripted --dialogues 2 --out run.jsonl --json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ models: { user: { engine: 'scripted' } } });
  });
});
