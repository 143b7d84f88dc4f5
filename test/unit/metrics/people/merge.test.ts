import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RatingPlan, RatingValue, Score } from '../../../../src/lib/contracts';
import { agreementOf } from '../../../../src/lib/metrics/people/agreement';
import { mergeRatings } from '../../../../src/lib/metrics/people/merge';
import { repeatsOf } from '../../../../src/lib/metrics/people/plan';
import { alwaysAccept, middling } from '../evaluation/systems';
import { planned, sheet } from './sheets';

const both = [...middling(), ...alwaysAccept()];
const { plan } = planned(both, { count: 10 }).session;
const file = (name: string, ...sheets: ReturnType<typeof sheet>[]) => ({ name, plan, sheets });
const place = (item: RatingPlan['items'][number]) => plan.items.indexOf(item);

describe('merging the files of five raters', () => {
  const constant = (value: Score) => () => value;
  const ada = sheet(plan, 'Ada', constant(3));
  // Exported half-way, and again when done, with one answer changed.
  const bertEarly = sheet(plan, 'Bert', (item) => (place(item) < 5 ? 2 : undefined), { at: 1 });
  const bertLate = sheet(
    plan,
    'Bert',
    (item, question) => (place(item) === 0 && question === 'flow' ? 5 : 2),
    { at: 9 },
  );
  // Leaves two items out, and one question of a third.
  const cleo = sheet(plan, 'Cleo', (item, question) =>
    place(item) < 2 || (place(item) === 2 && question === 'control') ? undefined : 4,
  );
  const dora = sheet(plan, 'Dora', constant(1));
  // Somebody else called dora: answers one item differently, one alike.
  const otherDora = sheet(
    plan,
    ' dora ',
    (item) => (place(item) === 3 ? 5 : place(item) === 4 ? 1 : undefined),
    { id: 'sheet-other' },
  );
  const eve = sheet(plan, 'Eve', constant(5));
  const merged = mergeRatings([
    file('ada.jsonl', ada),
    file('ada (1).jsonl', ada),
    file('bert.jsonl', bertEarly),
    file('bert later.jsonl', bertLate),
    file('cleo.jsonl', cleo),
    file('dora.jsonl', dora, otherDora),
    file('eve.jsonl', eve),
  ]);

  it('counts each answer once, the same file twice or exported twice', () => {
    expect(merged.raters.map(({ rater, answers }) => [rater, answers])).toEqual([
      ['Ada', 30],
      ['Bert', 30],
      ['Cleo', 23],
      ['Dora', 27],
      ['Eve', 30],
    ]);
    // 30 of Ada's second file, 14 of Bert's unchanged ones, 3 on which both Doras agree.
    expect(merged.repeated).toBe(30 + 14 + 3);
  });

  it('lets the later state of a sheet stand, and neither of two sheets under one name', () => {
    expect(merged.changed).toBe(1);
    const changed = merged.answers.find(
      ({ rater, item, question }) =>
        rater === 'Bert' && item === plan.items[0]?.id && question === 'flow',
    );
    expect(changed?.value).toBe(5);
    expect(merged.conflicts).toHaveLength(3);
    expect(merged.conflicts[0]).toMatchObject({
      rater: 'Dora',
      item: plan.items[3]?.id,
      values: [1, 5],
    });
  });

  it('tells the gaps', () => {
    const gaps = new Map(merged.raters.map((one) => [one.rater, one.gaps]));
    expect(gaps.get('Ada')).toEqual([]);
    expect(gaps.get('Cleo')).toEqual(plan.items.slice(0, 3).map(({ id }) => id));
    expect(gaps.get('Dora')).toEqual([plan.items[3]?.id]);
  });

  it('is the same in any order of files but for the order of raters', () => {
    const again = mergeRatings([
      file('eve.jsonl', eve),
      file('dora.jsonl', otherDora, dora),
      file('cleo.jsonl', cleo),
      file('bert later.jsonl', bertLate),
      file('bert.jsonl', bertEarly),
      file('ada.jsonl', ada, ada),
    ]);
    const key = ({ rater, item, question }: (typeof merged.answers)[number]) =>
      `${rater.toLowerCase()} ${item} ${question}`;
    const table = (from: typeof merged) =>
      new Map(from.answers.map((one) => [key(one), one.value]));
    expect(table(again)).toEqual(table(merged));
    expect(again.conflicts).toHaveLength(3);
  });

  it('refuses files of another session and keeps the others', () => {
    const other = planned(both, { count: 10, seed: 8, title: 'Another' }).session.plan;
    const mixed = mergeRatings([
      file('ada.jsonl', ada),
      { name: 'stray.jsonl', plan: other, sheets: [sheet(other, 'Stray', constant(1))] },
    ]);
    expect(mixed.raters.map(({ rater }) => rater)).toEqual(['Ada']);
    expect(mixed.refused).toMatchObject([{ name: 'stray.jsonl' }]);
    expect(mixed.refused[0]?.reason).toContain('another session ("Another"');
    expect(() => mergeRatings([])).toThrow(/no answers/);
  });

  it('counts answers that the session does not ask', () => {
    const strange = sheet(plan, 'Gil', () => 'tie');
    expect(mergeRatings([file('gil.jsonl', strange)])).toMatchObject({ strange: 30, answers: [] });
  });
});

describe('agreement', () => {
  it('equals krippendorff on the golden ratings', () => {
    const golden = JSON.parse(readFileSync('test/golden/metrics.json', 'utf8')) as {
      agreement: { alpha: { units: (number | null)[][]; ordinal: number }[] };
    };
    expect(golden.agreement.alpha.length).toBeGreaterThan(1);
    for (const { units, ordinal } of golden.agreement.alpha) {
      const { plan: of } = planned(both, { count: units.length }).session;
      expect(of.items).toHaveLength(units.length);
      const raters = units[0]?.map((_, rater) =>
        sheet(of, `rater ${String(rater)}`, (item) => {
          const value = units[of.items.indexOf(item)]?.[rater] ?? null;
          return value === null ? undefined : (value as RatingValue);
        }),
      );
      const merged = mergeRatings([{ name: 'all', plan: of, sheets: raters ?? [] }]);
      for (const one of agreementOf(merged, 1, 0)) expect(one.alpha).toBeCloseTo(ordinal, 9);
    }
  });

  it("tells a rater's agreement with themselves from repeats, and keeps these out of the rest", () => {
    const { plan: of } = planned(both, { mode: 'pairs', repeats: 4 }).session;
    const repeats = repeatsOf(of.items);
    // Ada judges what she reads, Bert takes the left one by habit.
    const ada = sheet(of, 'Ada', ({ a, b }) => (a < (b ?? '') ? 'a' : 'b'));
    const bert = sheet(of, 'Bert', () => 'a');
    const self = (one: typeof ada) =>
      agreementOf(mergeRatings([{ name: 'x', plan: of, sheets: [one] }]), 1, 0)[0]?.self;
    expect(repeats.size).toBe(4);
    expect(self(bert)).toEqual({ twice: 4, same: 0, distance: 2 });
    expect(self(ada)).toEqual({ twice: 4, same: 4, distance: 0 });
    const two = mergeRatings([{ name: 'x', plan: of, sheets: [ada, bert] }]);
    expect(agreementOf(two, 1, 0)[0]).toMatchObject({ items: 20, kappaItems: 20, raters: 2 });
  });
});
