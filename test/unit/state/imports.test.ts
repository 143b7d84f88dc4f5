import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { readProfileFile } from '../../../src/lib/state/profile-files';
import { writeDialogue } from '../../../src/lib/store';
import { defaultLimits } from '../../../src/lib/store/formats/limits';
import { readRecordFile } from '../../../src/lib/store/formats/record-file';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';
import { aDialogue } from '../store/fixtures';
import { all } from '../store/formats/sources';

const catalogue = createCatalogue(tinyPack);
const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
const limits = { ...defaultLimits, fileBytes: 4000, recordLength: 3000, records: 3 };

/** A file that says that it is empty, and counts how much of it was asked for. */
function endless(line: string) {
  const bytes = new TextEncoder().encode(line);
  const asked = { bytes: 0 };
  const stream = () =>
    new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          asked.bytes += bytes.byteLength;
          controller.enqueue(bytes);
        },
      },
      { highWaterMark: 0 },
    );
  return { file: { size: 0, stream }, asked };
}

describe('a file of profiles', () => {
  it('is read line by line; what is no profile, too deep or no text is told with its line', async () => {
    const good = (id: string) => JSON.stringify({ ...tinyProfile, id });
    const file = new Blob([
      `${good('a')}\n${deep}\n\n`,
      new Uint8Array([0xff, 0xfe, 0xfd, 0x0a]),
      `not json\r\n${good('b')}\r\n${good('a')}`,
    ]);
    const { profiles, problems } = await readProfileFile(file, catalogue);
    expect(profiles.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(problems.map(({ line }) => line)).toEqual([2, 4, 5, 7]);
    expect(problems[0]?.reason).toContain('nested more than 64 deep');
  });

  it('ends at the limit by what was really read, whatever its size is said to be', async () => {
    const { file, asked } = endless(`${'x'.repeat(999)}\n`);
    await expect(readProfileFile(file, catalogue, limits)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('Split it'),
    });
    expect(asked.bytes).toBe(5000);
  });
});

describe('a file of records', () => {
  const line = writeDialogue(aDialogue({ turns: [] }));

  it('is limited in bytes, depth and number', async () => {
    const file = new Blob([`${deep}\n${line}\n{}\n${line}\n`]);
    const found = await all(readRecordFile(file, { ...limits, fileBytes: 1e6 }));
    expect(found.map((one) => [one.line, one.ok])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false],
    ]);
    expect(found.at(-1)).toMatchObject({ reason: expect.stringContaining('more than 3 records') });
    const { file: big } = endless('y');
    await expect(all(readRecordFile(big, limits))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('spoiled in one line by bytes that are no text, gives the others', async () => {
    const file = new Blob([`${line}\n`, new Uint8Array([0xff, 0x0a]), line]);
    const found = await all(readRecordFile(file));
    expect(found.map(({ ok }) => ok)).toEqual([true, false, true]);
  });
});
