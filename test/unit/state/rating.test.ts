import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts';
import { judgeMetrics, metrics, ratingResults } from '../../../src/lib/metrics';
import { Ratings, type RatingDeps } from '../../../src/lib/state/rating.svelte';
import type { Sitting } from '../../../src/lib/state/rating-sitting.svelte';
import { openRatings } from '../../../src/lib/store';
import { roomKey } from '../../../src/lib/ui/rating/keys';
import { alwaysAccept, middling } from '../metrics/evaluation/systems';
import { catalogue } from '../metrics/fixtures';
import { request } from '../metrics/people/sheets';

const both = [...middling(), ...alwaysAccept()];
let time = 0;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  time = 1000;
});
afterEach(() => {
  vi.unstubAllGlobals();
});

let sheets = 0;

async function room(dialogues: readonly Dialogue[] = both, part: Partial<RatingDeps> = {}) {
  const ratings = new Ratings({
    open: () => openRatings(),
    dialoguesOf: () => Promise.resolve([...dialogues]),
    rated: () => Promise.resolve([...dialogues]),
    shipped: () => Promise.resolve([]),
    results: (merged, found, judged) =>
      ratingResults(
        {
          ...{ merged, dialogues: found, theta: 0.5 },
          catalogue: found.length === 0 ? null : catalogue,
          metrics: [...metrics, ...(judged ? judgeMetrics(judged) : [])],
        },
        { seed: 1, resamples: 100, permutations: 99 },
      ),
    keep: () => Promise.resolve(),
    judge: () => Promise.reject(new Error('no judge')),
    now: () => time,
    clock: () => time,
    newId: () => `sheet-${String((sheets += 1))}`,
    ...part,
  });
  await ratings.open();
  return ratings;
}

/** The sitting of a session, asserted to be there. */
function seated(ratings: Ratings): Sitting {
  expect(ratings.error).toBeNull();
  const { sitting } = ratings;
  if (!sitting) throw new Error('nobody sits');
  return sitting;
}

/** Rates everything that is open. */
function rateAll(sitting: Sitting, value: 1 | 2 | 3 | 4 | 5): void {
  while (!sitting.isOver) {
    time += 2000;
    sitting.choose(value);
    sitting.choose(value);
    sitting.choose(value);
    sitting.next();
  }
}

describe('rating', () => {
  it('is broken off and gone on with: nothing is lost', async () => {
    const ratings = await room();
    const id = (await ratings.make({ ...request, count: 4, repeats: 1 }, null)) ?? '';
    await ratings.sit(id, ' Ada ');
    const sitting = seated(ratings);
    expect(sitting.order).toHaveLength(5);
    sitting.choose(4);
    expect([sitting.at, sitting.focus]).toEqual([0, 1]);
    sitting.next();
    expect([sitting.at, sitting.focus]).toEqual([0, 1]);
    sitting.choose(3);
    sitting.choose(2);
    sitting.next();
    sitting.choose(5);
    await sitting.settled();
    ratings.close();

    const again = await room();
    const [session] = again.sessions;
    expect(session?.sheets).toMatchObject([{ rater: 'Ada', answered: 4, asked: 15, own: true }]);
    await again.resume(id, session?.sheets[0]?.id ?? '');
    const resumed = seated(again);
    expect([resumed.at, resumed.focus]).toEqual([1, 1]);
    expect(resumed.order).toEqual(sitting.order);
    resumed.back();
    expect(resumed.questions.map(({ value }) => value)).toEqual([4, 3, 2]);
  });

  it('shows words and sides, and nothing else', async () => {
    const ratings = await room();
    const id = (await ratings.make({ ...request, mode: 'pairs' }, null)) ?? '';
    await ratings.sit(id, 'Ada');
    const { transcripts } = seated(ratings);
    expect(transcripts.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(Object.keys(transcripts[0]?.turns[0] ?? {})).toEqual(['role', 'text']);
  });

  it('undoes answers one by one, also those from before a reload', async () => {
    const ratings = await room();
    const id = (await ratings.make({ ...request, count: 2 }, null)) ?? '';
    await ratings.sit(id, 'Ada');
    const sitting = seated(ratings);
    for (const value of [1, 2, 3] as const) {
      time += 10;
      sitting.choose(value);
    }
    sitting.next();
    sitting.undo();
    expect([sitting.at, sitting.focus]).toEqual([0, 2]);
    sitting.choose(5);
    sitting.choose(4, 'control');
    sitting.undo();
    expect(sitting.questions.map(({ value }) => value)).toEqual([1, 2, 5]);
    await ratings.leave();
    await ratings.resume(id, ratings.sessions[0]?.sheets[0]?.id ?? '');
    const resumed = seated(ratings);
    for (let i = 0; i < 4; i++) resumed.undo();
    expect(resumed.answers.size).toBe(0);
    await resumed.settled();
    await ratings.leave();
    expect(ratings.sessions[0]?.sheets[0]?.answered).toBe(0);
  });

  it('counts time at work, not breaks', async () => {
    const ratings = await room();
    const id = (await ratings.make({ ...request, count: 2, minutes: 1 }, null)) ?? '';
    await ratings.sit(id, 'Ada');
    const sitting = seated(ratings);
    sitting.tick();
    time += 20_000;
    sitting.tick();
    sitting.pause();
    time += 500_000;
    sitting.tick();
    sitting.goOn();
    time += 5000;
    sitting.tick();
    expect(sitting.spent).toBe(25_000);
    expect(sitting.left).toBe(35_000);
    sitting.choose(3);
    expect([...sitting.answers.values()][0]?.ms).toBe(25_000);
    time += 60_000;
    sitting.tick();
    expect(sitting.left).toBe(0);
  });

  it('tells that an answer was not kept, and keeps it with the next one', async () => {
    const ratings = await room();
    const id = (await ratings.make({ ...request, count: 2 }, null)) ?? '';
    await ratings.sit(id, 'Ada');
    const sitting = seated(ratings);
    const save = vi.spyOn(sitting.deps, 'save').mockRejectedValueOnce(new Error('full'));
    sitting.choose(3);
    await sitting.settled();
    expect(sitting.error?.code).toBe('storage-unavailable');
    sitting.choose(4);
    await sitting.settled();
    expect(sitting.error).toBeNull();
    expect(save.mock.lastCall?.[0].answers).toHaveLength(2);
  });

  it('needs a name, and a session that is here', async () => {
    const ratings = await room();
    const id = (await ratings.make({ ...request, count: 2 }, null)) ?? '';
    await ratings.sit(id, '  ');
    expect(ratings.error?.message).toContain('Choose a name');
    await ratings.sit('gone', 'Ada');
    expect(ratings.error?.message).toContain('not kept here any more');
    expect(await (await room([])).make(request, null)).toBeNull();
  });
});

describe('a classroom', () => {
  it('is one click; pupils rate on machines of their own; the teacher merges', async () => {
    const teacher = await room();
    const id = (await teacher.makeClassroom('Classroom')) ?? '';
    expect(teacher.made).toEqual({ id, few: null, leftOut: [] });
    expect(teacher.sessions[0]).toMatchObject({ items: 22, minutes: 10, mode: 'single' });
    const handout = new File([teacher.sessionFile(id) ?? ''], 'session.json');

    const files: File[] = [];
    for (const [rater, value] of [['Ada', 4] as const, ['Bo', 2] as const]) {
      vi.stubGlobal('indexedDB', new IDBFactory());
      const pupil = await room([]);
      expect(await pupil.takeSession(handout)).toBe(id);
      await pupil.sit(id, rater);
      rateAll(seated(pupil), value);
      const sheet = seated(pupil).sheet.id;
      await pupil.leave();
      files.push(new File([(await pupil.answersFile(id, sheet)) ?? ''], `${rater}.jsonl`));
      // Alone, a pupil sees agreement and is told what is missing.
      await pupil.show(id);
      expect(pupil.results?.board.warnings.join(' ')).toContain('not here');
      pupil.close();
    }

    const [ada, bo] = files as [File, File];
    await teacher.takeAnswers(id, [ada, bo, ada, new File(['x'], 'x.jsonl')]);
    expect(teacher.taken).toMatchObject({ raters: ['Ada', 'Bo'], added: 132, repeated: 66 });
    expect(teacher.taken?.problems).toEqual(['x.jsonl is not JSON.']);
    await teacher.takeAnswers(id, [bo]);
    expect(teacher.taken).toMatchObject({ added: 0, repeated: 66, conflicts: 0 });
    await teacher.show(id);
    const { board, section } = teacher.results ?? {};
    expect(board).toMatchObject({ raters: 2, answers: 132 });
    expect(board?.groups[0]?.bars).toHaveLength(2);
    expect(board?.groups[0]?.bars[0]).toMatchObject({ text: '3.0', share: 0.5 });
    expect(section?.tables.map((table) => table.id)).toEqual([
      'agreement',
      'system-ratings',
      'preferences',
      'metric-rating-correlations',
      'raters',
    ]);
  }, 60_000);

  it('says when there are too few dialogues, and takes those that ship', async () => {
    const ratings = await room(both.slice(0, 3), {
      shipped: () => Promise.resolve(both.slice(2, 5)),
    });
    await ratings.makeClassroom('Classroom');
    expect(ratings.made?.few).toBe(5);
    const none = await room([]);
    await none.makeClassroom('Classroom');
    expect(none.error?.message).toContain('no finished dialogue to rate');
  });
});

describe('files of another session', () => {
  it('are refused and change nothing', async () => {
    const ratings = await room();
    const one = (await ratings.make({ ...request, count: 2 }, null)) ?? '';
    const two = (await ratings.make({ ...request, count: 3, title: 'Other' }, null)) ?? '';
    await ratings.sit(two, 'Ada');
    rateAll(seated(ratings), 3);
    await ratings.leave();
    const file = new File([(await ratings.answersFile(two, null)) ?? ''], 'ada.jsonl');
    await ratings.takeAnswers(one, [file]);
    expect(ratings.taken).toMatchObject({ raters: [], added: 0 });
    expect(ratings.taken?.problems[0]).toContain('belongs to another session ("Other"');
    await ratings.remove(two);
    expect(ratings.sessions.map(({ id }) => id)).toEqual([one]);
  });
});

describe('the judge', () => {
  it('is shown with its correlation, and can be called off', async () => {
    const judge = vi.fn<RatingDeps['judge']>((dialogues, onProgress, signal) => {
      onProgress({ done: 1, total: 2 });
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      return Promise.resolve({
        info: {
          ...{ model: 'm', hash: null, engine: 'scripted', how: 'draws', version: 'v', seed: 1 },
        } as const,
        dialogues: dialogues.map(({ id }, i) => ({
          dialogueId: id,
          turns: 2,
          unread: 0,
          scores: { relevance: i % 5, interest: 3, understanding: 3, naturalness: 3 },
        })),
      });
    });
    const ratings = await room(both, { judge });
    const id = (await ratings.make({ ...request, count: 12 }, null)) ?? '';
    await ratings.sit(id, 'Ada');
    rateAll(seated(ratings), 3);
    await ratings.leave();
    await ratings.judge(id);
    expect(ratings.judging).toBeNull();
    expect(ratings.error).toBeNull();
    const text = ratings.results?.section.text.join(' ');
    expect(text).toContain('Judge without references: m on scripted');
    expect(text).toContain('unproven');

    judge.mockImplementationOnce((_, __, signal) => {
      ratings.stop();
      return Promise.reject(signal.reason as Error);
    });
    await ratings.judge(id);
    expect(ratings.error).toBeNull();
  }, 60_000);
});

describe('keys of the room', () => {
  const press = (key: string, tagName = 'BODY', type = '', part = {}) =>
    ({
      ...{ key, ctrlKey: false, metaKey: false, altKey: false },
      target: { tagName, type } as unknown as EventTarget,
      ...part,
    }) as Parameters<typeof roomKey>[0];

  it('answer by digits, letters and arrows', () => {
    expect(roomKey(press('4'), 'single', null)).toEqual({ does: 'choose', value: 4 });
    expect(roomKey(press('6'), 'single', null)).toBeNull();
    expect(roomKey(press('ArrowRight'), 'single', null)).toEqual({ does: 'choose', value: 3 });
    expect(roomKey(press('ArrowRight'), 'single', 5)).toEqual({ does: 'choose', value: 5 });
    expect(roomKey(press('ArrowLeft'), 'single', 2)).toEqual({ does: 'choose', value: 1 });
    expect(roomKey(press('a'), 'single', null)).toBeNull();
    expect(roomKey(press('A'), 'pairs', null)).toEqual({ does: 'choose', value: 'a' });
    expect(roomKey(press('ArrowRight'), 'pairs', null)).toEqual({ does: 'choose', value: 'b' });
    expect(roomKey(press('t'), 'pairs', 'a')).toEqual({ does: 'choose', value: 'tie' });
    expect(roomKey(press('3'), 'pairs', null)).toBeNull();
  });

  it('move, undo and break, but leave buttons, text and shortcuts alone', () => {
    expect(roomKey(press('Enter'), 'single', null)).toEqual({ does: 'next' });
    expect(roomKey(press(' ', 'INPUT', 'radio'), 'single', null)).toEqual({ does: 'next' });
    expect(roomKey(press('Enter', 'BUTTON'), 'single', null)).toBeNull();
    expect(roomKey(press('U'), 'single', null)).toEqual({ does: 'undo' });
    expect(roomKey(press('p'), 'single', null)).toEqual({ does: 'break' });
    expect(roomKey(press('ArrowUp'), 'single', null)).toEqual({ does: 'up' });
    expect(roomKey(press('3', 'INPUT', 'text'), 'single', null)).toBeNull();
    expect(roomKey(press('a', 'BODY', '', { ctrlKey: true }), 'pairs', null)).toBeNull();
  });
});
