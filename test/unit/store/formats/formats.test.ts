import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../../src/lib/contracts';
import { createCatalogue } from '../../../../src/lib/domain/catalogue';
import { guessFormat } from '../../../../src/lib/store/formats/guess';
import { contentRecord, readFile } from '../../../../src/lib/store/formats/read';
import { formatIds, formats, type FormatId } from '../../../../src/lib/store/formats/registry';
import type { ImportContext } from '../../../../src/lib/store/formats/to-dialogue';
import { sourceFields, type WriteContext } from '../../../../src/lib/store/formats/write-context';
import { writeFile } from '../../../../src/lib/store/formats/write';
import { tinyPack } from '../../../support/tiny-domain';
import { arbitraryDialogue } from '../arbitrary-dialogue';
import { aDialogue, aTurn } from '../fixtures';
import { all, badLines, join, values } from './sources';

const catalogue = createCatalogue(tinyPack);
const context: ImportContext = {
  id: 'dataset-1',
  name: 'Made up',
  licence: 'CC0-1.0',
  attribution: 'Nobody',
  catalogue,
  now: 5000,
  actionLines: true,
};
const writeContext: WriteContext = {
  label: (item) => catalogue.byId(item)?.label ?? item,
  source: sourceFields,
  mask: 'recommender',
};

async function write(
  dialogues: readonly Dialogue[],
  format: FormatId,
  part: Partial<WriteContext> = {},
): Promise<Blob> {
  const given = (async function* () {
    yield* dialogues;
  })();
  return new Blob([join(await all(writeFile(given, format, { ...writeContext, ...part })))]);
}

async function read(file: Blob, format: FormatId) {
  const found = await all(readFile(file, format));
  return found.map((one) => contentRecord(one, context));
}

/** Reads a file that has nothing bad in it. */
async function dialoguesOf(file: Blob, format: FormatId): Promise<Dialogue[]> {
  const found = await read(file, format);
  expect(found.filter(({ ok }) => !ok)).toEqual([]);
  return values(found).map(([, { dialogue }]) => dialogue);
}

const say = (dialogue: Dialogue) => dialogue.turns.map(({ role, text }) => [role, text]);

const saw = { item: 'film-5', start: 8, end: 18, kind: 'action' as const };
const held = aDialogue({
  domain: 'tiny',
  profile: {
    ...aDialogue().profile,
    source: { dataset: 'ReDial', split: 'shown', licence: 'CC BY 4.0', attribution: 'Li et al.' },
  },
  turns: [
    aTurn('Something "scary", please;\nnot, too long.', { actions: [{ type: 'inform' }] }),
    aTurn('Perhaps Saw (2004)?', {
      role: 'recommender',
      raw: '[recommend: Saw (2004)]\nPerhaps Saw (2004)?',
      actions: [{ type: 'recommend', items: ['film-5'] }],
      mentions: [saw],
    }),
    aTurn('=HYPERLINK("x") yes', {
      raw: '[accept: Saw (2004)]\n=HYPERLINK("x") yes',
      actions: [{ type: 'accept', items: ['film-5'] }],
    }),
  ],
  outcome: { status: 'accepted', accepted: ['film-5'], exchanges: 1 },
});

describe('every format', () => {
  it.each(formatIds)('%s: words, sides, licence and source come through', async (format) => {
    const file = await write([held, { ...held, id: 'dialogue-2' }], format);
    const dialogues = await dialoguesOf(file, format);
    expect(dialogues).toHaveLength(2);
    const oneLine = (text: string) => (format === 'llm-redial' ? text.replaceAll('\n', ' ') : text);
    expect(say(dialogues[0] ?? held)).toEqual(
      held.turns.map(({ role, text }) => [role, oneLine(text)]),
    );
    const text = Buffer.from(await file.arrayBuffer()).toString('latin1');
    expect(text).toContain('CC BY 4.0');
    expect(text).toContain('Li et al.');
    expect(guessFormat(`file.${formats[format].extension}`, text.slice(0, 4000))).toBe(format);
  });

  it.each(formatIds.filter((id) => !formats[id].lacks.includes('titles')))(
    '%s: titles are linked',
    async (format) => {
      const [dialogue = aDialogue()] = await dialoguesOf(await write([held], format), format);
      expect(dialogue.turns[1]?.mentions.map(({ item }) => item)).toEqual(['film-5']);
    },
  );

  it.each(formatIds.filter((id) => !formats[id].lacks.includes('actions')))(
    '%s: actions come through',
    async (format) => {
      const [dialogue = aDialogue()] = await dialoguesOf(await write([held], format), format);
      expect(dialogue.turns.map(({ actions }) => actions).slice(1)).toEqual(
        held.turns.map(({ actions }) => actions).slice(1),
      );
      expect(dialogue.outcome).toMatchObject({ status: 'accepted', accepted: ['film-5'] });
    },
  );

  it.each(formatIds.filter((id) => formats[id].lacks.length === 0))(
    '%s: any record comes back exactly',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(arbitraryDialogue, { minLength: 1, maxLength: 4 }),
          async (dialogues) => {
            expect(await dialoguesOf(await write(dialogues, format), format)).toEqual(dialogues);
          },
        ),
        { numRuns: 8, seed: 17 },
      );
    },
  );

  it('a file without dialogues is a file', async () => {
    for (const format of formatIds) {
      expect(values(await read(await write([], format), format))).toEqual([]);
    }
  });
});

describe('role masks', () => {
  it.each(['chatml', 'sharegpt'] as const)(
    '%s: only the chosen side is learned',
    async (format) => {
      const text = await (await write([held], format, { mask: 'user' })).text();
      const [record] = [JSON.parse(text) as unknown].flat() as Record<
        string,
        Record<string, unknown>[]
      >[];
      const messages = record?.['messages'] ?? record?.['conversations'] ?? [];
      expect(messages.map(({ weight, train }) => weight ?? train)).toEqual(
        format === 'chatml' ? [1, 0, 1] : [true, false, true],
      );
      expect(messages.map(({ role, from }) => role ?? from)).toEqual(
        format === 'chatml' ? ['assistant', 'user', 'assistant'] : ['gpt', 'human', 'gpt'],
      );
      const [again = aDialogue()] = await dialoguesOf(new Blob([text]), format);
      expect(again.turns.map(({ role }) => role)).toEqual(['user', 'recommender', 'user']);
    },
  );
});

/** Made up, in the documented layout of each source. */
const samples: Partial<Record<FormatId, string>> = {
  redial: JSON.stringify({
    conversationId: '7',
    initiatorWorkerId: 3,
    respondentWorkerId: 9,
    movieMentions: { '11': 'Saw (2004)', '12': 'No Such Film (1901)' },
    respondentQuestions: [],
    initiatorQuestions: { '11': { suggested: 1, seen: 0, liked: 1 } },
    messages: [
      { messageId: 1, timeOffset: 0, senderWorkerId: 3, text: 'Hello' },
      { messageId: 2, timeOffset: 1, senderWorkerId: 3, text: 'I know @12 by heart' },
      { messageId: 3, timeOffset: 2, senderWorkerId: 9, text: 'Then take @11!' },
    ],
  }),
  opendialkg:
    'Messages,User Rating,Assistant Rating\n' +
    '"[{""type"":""chat"",""sender"":""user"",""message"":""Hello\\nI know No Such Film by heart""},' +
    '{""type"":""action"",""sender"":""assistant"",""action_id"":""kgwalk/choose_path"",""metadata"":{""path"":[0.5,[[""a"",""b"",""c""]],""x""]}},' +
    '{""type"":""chat"",""sender"":""assistant"",""message"":""Then take Saw (2004)!""}]",3,4\n',
  inspired:
    'dialog_id\tutt_id\tspeaker\ttext\tmovies\texpert_label\n' +
    'd1\t0\tSEEKER\tHello\t\t\nd1\t1\tSEEKER\tI know it by heart\tNo Such Film (1901)\t\n' +
    'd1\t2\tRECOMMENDER\tThen take Saw (2004)!\tSaw (2004)\toffer_help\n',
  laps: JSON.stringify(
    [
      {
        worker_id: 'w1',
        topic: 'movie',
        sessions: [
          {
            dialogue: [
              { role: 'User', turn_number: 0, message: 'Hello\nI like it short' },
              { role: 'Assistant', turn_number: 1, message: 'Then take Saw (2004)!' },
            ],
            preferences: { length: ['short'] },
            task_setting: 'evening',
          },
        ],
      },
    ],
    null,
    2,
  ),
  pearl: JSON.stringify({
    user_id: 'u1',
    user_persona: 'Likes to be scared.',
    dialogue: ['Seeker: Hello\nthere', '', 'Recommender: Then take Saw (2004)!'],
  }),
  'llm-redial':
    'Conversation_1:\n\nUser: Hello\nthere\n\nAgent: Then take Saw (2004)!\n\n' +
    '2\nUser: Bye\nAgent: Then take Heat (1995)!\n',
  crslab: JSON.stringify([
    {
      conv_id: 4,
      dialog: [
        { utt_id: 0, role: 'Seeker', text: 'Hello\nthere', movies: [], entity: [], word: [] },
        {
          utt_id: 1,
          role: 'Recommender',
          text: ['Then', 'take', 'Saw', '(2004)', '!'],
          movies: ['<http://dbpedia.org/resource/Saw_(2004_film)>'],
        },
      ],
    },
  ]),
  dialoguekit: JSON.stringify({
    agent: { id: 'A', type: 'BOT' },
    user: { id: 'U', type: 'USER' },
    dialogues: [
      {
        conversation_id: '1',
        conversation: [
          { participant: 'USER', utterance: 'Hello\nthere', intent: 'DISCLOSE' },
          {
            participant: 'AGENT',
            utterance: 'Then take Saw (2004)!',
            annotations: [['movies', ['Saw (2004)']]],
          },
        ],
      },
    ],
  }),
};

describe('documented layouts', () => {
  it.each(Object.entries(samples) as [FormatId, string][])('%s', async (format, text) => {
    expect(guessFormat('unnamed', text)).toBe(format);
    const [dialogue = aDialogue()] = await dialoguesOf(new Blob([text]), format);
    expect(dialogue.turns.map(({ role }) => role)).toEqual(['user', 'recommender']);
    expect(dialogue.turns[0]?.text).toMatch(/^Hello\n/);
    expect(dialogue.turns[1]?.mentions.map(({ item }) => item)).toEqual(['film-5']);
    expect(dialogue.turns.every(({ actions }) => actions.length === 0)).toBe(true);
    const humans = ['redial', 'opendialkg', 'inspired', 'laps'].includes(format);
    const machines = ['pearl', 'llm-redial'].includes(format);
    const speaker = humans
      ? 'human'
      : machines
        ? 'model'
        : format === 'crslab'
          ? 'unknown'
          : 'human';
    expect(dialogue.models.user).toEqual({
      id: speaker,
      hash: null,
      promptVersion: null,
      engine: 'none',
    });
    expect(dialogue.profile.source).toMatchObject({ licence: 'CC0-1.0', attribution: 'Nobody' });
  });

  it('ReDial: what was suggested and liked was accepted; titles that are not held stay words', async () => {
    const found = await read(new Blob([samples.redial ?? '']), 'redial');
    const [[, made] = [0, null]] = values(found);
    expect(made?.dialogue.outcome).toEqual({
      status: 'accepted',
      accepted: ['film-5'],
      exchanges: 1,
    });
    expect(made?.titles).toEqual({ marked: 2, linked: 1 });
    expect(made?.dialogue.turns[0]?.text).toBe('Hello\nI know No Such Film (1901) by heart');
  });

  it('elsewhere nobody says how it ended', async () => {
    const [dialogue] = await dialoguesOf(new Blob([samples.pearl ?? '']), 'pearl');
    expect(dialogue?.outcome?.status).toBe('imported');
    expect(dialogue?.profile.summary).toBe('Likes to be scared.');
  });

  it('PEARL and ReDial as other hosts keep them, in Parquet', async () => {
    const pearl = parquetWriteBuffer({
      columnData: [{ name: 'dialogue', data: [['Seeker: Hello', 'Recommender: Hi']] }],
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'dialogue', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        {
          name: 'element',
          type: 'BYTE_ARRAY',
          repetition_type: 'OPTIONAL',
          converted_type: 'UTF8',
        },
      ],
    });
    const [dialogue] = await dialoguesOf(new Blob([pearl]), 'parquet');
    expect(dialogue?.turns.map(({ text }) => text)).toEqual(['Hello', 'Hi']);
  });

  it('the same file gives the same ids', async () => {
    const ids = async () =>
      (await dialoguesOf(new Blob([samples.laps ?? '']), 'laps')).map(({ id }) => id);
    expect(await ids()).toEqual(await ids());
  });
});

describe('bad records', () => {
  it('spoil nothing but themselves, or the dialogue they are in', async () => {
    const text =
      'dialogue_id,role,text\na,user,Hi\na,boss,Hello\nb,user,Hi\nb,recommender,Hello\na,user,again\n,user,x\nc,user,\n';
    const found = await read(new Blob([text]), 'csv');
    expect(values(found).map(([line]) => line)).toEqual([4]);
    expect(badLines(found)).toEqual([3, 6, 7, 8]);
  });

  it('take no inherited property for their own, and leave every prototype alone', async () => {
    const text =
      '{"__proto__":{"messages":[]},"constructor":{"prototype":{"polluted":1}}}\n' +
      '{"messages":[{"__proto__":{"role":"user","content":"x"}}]}\n' +
      '{"messages":[{"role":"user","content":"fine"}],"metadata":{"__proto__":{"assistant":"user"}}}\n';
    const found = await read(new Blob([text]), 'chatml');
    expect(badLines(found)).toEqual([1, 2]);
    expect(values(found)[0]?.[1].dialogue.turns[0]?.role).toBe('user');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
