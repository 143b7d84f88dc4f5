import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDialogue, openRunFile } from '../../../src/cli/simulate/run-file';
import type { Dialogue, Outcome } from '../../../src/lib/contracts/dialogue';
import { writeDialogue } from '../../../src/lib/store/jsonl';
import { createDialogue, createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { honestUser } from '../../../src/lib/dialogue/scripted-users';
import { tinyProfile } from '../../support/tiny-domain';
import { turnOf } from '../dialogue/harness';

const seat = honestUser().seat();
const run = createRun(
  {
    domain: 'tiny',
    seed: 1,
    config: defaultConfig,
    models: { user: seat, recommender: seat },
    profileIds: [],
  },
  0,
);
const dialogueOf = (id: string, outcome: Outcome): Dialogue => ({
  ...createDialogue(run, id, tinyProfile, false, 0),
  turns: [turnOf('user')],
  outcome,
});
const whole = dialogueOf('a', { status: 'limit', accepted: [], exchanges: 0 });
const other = dialogueOf('b', { status: 'declined', accepted: [], exchanges: 0 });
const failed = dialogueOf('c', {
  status: 'failed',
  accepted: [],
  exchanges: 0,
  error: { code: 'engine-timeout', message: 'Too slow.' },
});

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interplay-file-'));
  path = join(folder, 'deep', 'run.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the output file of a run', () => {
  it('begins empty, makes its folder, and is read back', async () => {
    expect((await openRunFile(path)).dialogues.size).toBe(0);
    await addDialogue(path, whole);
    await addDialogue(path, other);
    const { dialogues, movedTo, retried } = await openRunFile(path);
    expect([...dialogues.values()]).toEqual([whole, other]);
    expect([movedTo, retried]).toEqual([null, 0]);
  });

  it('moves a half-written last line aside and says where', async () => {
    await openRunFile(path);
    await addDialogue(path, whole);
    const half = writeDialogue(other).slice(0, 200);
    await appendFile(path, half);
    const { dialogues, movedTo } = await openRunFile(path);
    expect([...dialogues.keys()]).toEqual(['a']);
    expect(await readFile(movedTo ?? '', 'utf8')).toBe(`${half}\n`);
    await addDialogue(path, other);
    expect(await readFile(path, 'utf8')).toBe(`${writeDialogue(whole)}\n${writeDialogue(other)}\n`);
  });

  it('keeps a whole last line that only lacks its line end', async () => {
    await openRunFile(path);
    await writeFile(path, writeDialogue(whole));
    expect((await openRunFile(path)).dialogues.size).toBe(1);
    await addDialogue(path, other);
    expect((await openRunFile(path)).dialogues.size).toBe(2);
  });

  it('takes failed dialogues out, to hold them again', async () => {
    await openRunFile(path);
    for (const dialogue of [whole, failed, other]) await addDialogue(path, dialogue);
    const { dialogues, retried } = await openRunFile(path);
    expect([...dialogues.keys()]).toEqual(['a', 'b']);
    expect(retried).toBe(1);
    expect(await readFile(path, 'utf8')).not.toContain('Too slow');
    expect(await readdir(join(folder, 'deep'))).toEqual(['run.jsonl']);
  });

  it('refuses a file with a line that is no dialogue, and leaves it as it is', async () => {
    await openRunFile(path);
    const text = `{"some":"thing"}\n${writeDialogue(whole)}\n`;
    await writeFile(path, text);
    await expect(openRunFile(path)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('Line 1 of'),
    });
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('says that a place cannot be written', async () => {
    await writeFile(join(folder, 'deep'), 'a file where a folder should be');
    await expect(openRunFile(path)).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
});
