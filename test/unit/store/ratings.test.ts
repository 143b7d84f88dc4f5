import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RatingSession, RatingSheet } from '../../../src/lib/contracts';
import {
  openRatings,
  planId,
  readRatings,
  readSession,
  transcriptsHash,
  writeRatings,
  writeSession,
} from '../../../src/lib/store';

function sessionOf(seed = 1, createdAt = 5): RatingSession {
  const transcripts = [
    { id: 'x', turns: [{ role: 'user' as const, text: 'Hello “you”' }] },
    { id: 'y', turns: [{ role: 'user' as const, text: 'Hi' }] },
  ];
  const content = {
    mode: 'pairs' as const,
    seed,
    items: [{ id: 'i', a: 'x', b: 'y' }],
    transcripts: transcriptsHash(transcripts),
    minutes: 10,
  };
  const plan = {
    schemaVersion: 1 as const,
    id: planId(content),
    title: 'T',
    ...content,
    createdAt,
  };
  return { plan, transcripts };
}

const session = sessionOf();
const sheet: RatingSheet = {
  id: 's1',
  sessionId: session.plan.id,
  rater: 'Ada',
  answers: [{ item: 'i', question: 'flow', value: 'tie', ms: 10, at: 20 }],
  startedAt: 15,
};

describe('a session file', () => {
  it('comes back as it was', () => {
    expect(readSession(writeSession(session), 'a.json')).toEqual(session);
  });

  it.each([
    ['not JSON', 'hello', /a\.json is not JSON/],
    ['another file', '{"kind": "x"}', /is no session of the rating room/],
    ['answers', writeRatings(session.plan, []).trim(), /holds answers, not a session/],
    [
      'a later version',
      writeSession(session).replace('"fileVersion": 1', '"fileVersion": 2'),
      /version 2/,
    ],
    ['changed words', writeSession(session).replace('Hi', 'Ho'), /its dialogues are not those/],
    ['changed items', writeSession(session).replace('"seed": 1', '"seed": 2'), /its items are not/],
    ['a lost key', writeSession(session).replace('"title"', '"name"'), /is damaged: .*title/],
    ['an empty one', '', /is not JSON/],
  ])('that is %s is refused', (_, text, why) => {
    expect(() => readSession(text, 'a.json')).toThrow(why);
  });
});

describe('a file of answers', () => {
  it('comes back as it was, also with another one after it', () => {
    const text = writeRatings(session.plan, [sheet]);
    const other = { ...sheet, id: 's2', rater: 'Bo' };
    expect(readRatings(text, 'a').sheets).toEqual([sheet]);
    const two = readRatings(text + writeRatings(session.plan, [other]), 'a');
    expect(two).toMatchObject({ sheets: [sheet, other], problems: [] });
  });

  it('tells bad lines and keeps the others', () => {
    const strange = { ...sheet, answers: [{ ...sheet.answers[0], value: 9 }] };
    const text = [
      writeRatings(session.plan, [sheet]),
      '{"id": "cut o\n',
      `${JSON.stringify(strange)}\n`,
      `${JSON.stringify({ ...sheet, sessionId: 'other' })}\n`,
      writeRatings(sessionOf(2).plan, []),
    ].join('');
    const { sheets, problems } = readRatings(text, 'a');
    expect(sheets).toEqual([sheet]);
    expect(problems.map(({ line, reason }) => [line, reason.slice(0, 24)])).toEqual([
      [3, 'It is not JSON (Unterm'.padEnd(22) + 'in'],
      [4, "It is no rater's sheet: "],
      [5, 'The sheet of Ada is of a'],
      [6, 'From here on the file be'],
    ]);
  });

  it('that is none is refused', () => {
    expect(() => readRatings('', 'a')).toThrow('a is empty');
    expect(() => readRatings('{"schemaVersion": 1}', 'a')).toThrow(/holds no answers/);
    expect(() => readRatings(writeSession(session), 'a')).toThrow(/is a session to be rated/);
  });
});

describe('the stored sessions and sheets', () => {
  beforeEach(() => {
    vi.stubGlobal('indexedDB', new IDBFactory());
  });

  it('survive closing, the newest session first', async () => {
    const store = await openRatings();
    await store.saveSession(session);
    await store.saveSession(sessionOf(2, 9));
    await store.saveSheet({ ...sheet, answers: [] }, true);
    await store.saveSheet(sheet, true);
    store.close();
    const again = await openRatings();
    expect((await again.listSessions()).map(({ plan }) => plan.createdAt)).toEqual([9, 5]);
    expect(await again.listSheets(session.plan.id)).toMatchObject([{ own: true, sheet }]);
    await again.deleteSession(session.plan.id);
    expect(await again.listSheets(session.plan.id)).toEqual([]);
    expect(await again.listSessions()).toHaveLength(1);
    again.close();
    await expect(again.listSessions()).rejects.toMatchObject({ code: 'storage-closed' });
  });
});
