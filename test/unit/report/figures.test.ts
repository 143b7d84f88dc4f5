import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialogueValue, SystemReport } from '../../../src/lib/metrics';
import {
  chartTable,
  drawChart,
  pagePalette,
  ratingChart,
  sweepCharts,
  tableToCsv,
  toSvg,
  type ChartSpec,
  type SvgNode,
} from '../../../src/lib/report';
import { leakChart } from '../../../src/lib/report/charts/build';
import { linear, niceTicks } from '../../../src/lib/report/charts/scale';

/** One figure of each kind, with what is awkward: gaps, marks of markup, a name that is too long. */
const figures: readonly ChartSpec[] = [
  {
    kind: 'bars',
    id: 'bars',
    title: 'Success <by> system & more',
    note: '95 % intervals.',
    unit: 'share',
    groups: [
      {
        label: 'a system whose name is far too long to stand beside its bars',
        bars: [
          { label: 'raw', value: 0.5, interval: [0.25, 0.75] },
          { label: 'verified', value: null, interval: null },
        ],
      },
      {
        label: 'other',
        bars: [
          { label: 'raw', value: 1, interval: [1, 1] },
          { label: 'verified', value: 0, interval: null },
        ],
      },
    ],
  },
  {
    kind: 'lines',
    id: 'lines-by-exchange',
    title: 'Accepts by exchange',
    xLabel: 'exchange',
    yLabel: 'share',
    x: 'count',
    unit: 'share',
    lines: [
      { label: 'one', points: [0, 0.2, 0.4].map((y, i) => ({ x: i + 1, y })) },
      {
        label: 'with a gap',
        points: [
          { x: 1, y: 0.1 },
          { x: 2, y: null },
          { x: 3, y: 0.9 },
        ],
      },
    ],
  },
  {
    kind: 'lines',
    id: 'lines-sweep',
    title: 'Recall by K',
    xLabel: "ranker's K",
    yLabel: 'Recall@10',
    x: 'log',
    unit: 'number',
    lines: [
      {
        label: 'pair',
        points: [
          { x: 1, y: 1.25, interval: [1, 1.5], n: 20 },
          { x: 50, y: 2.5, interval: [2, 3], n: 20 },
          { x: 6463, y: -0.5, interval: null, n: 20 },
        ],
      },
    ],
  },
  {
    kind: 'matrix',
    id: 'matrix',
    title: 'What follows what',
    rowLabel: 'turn',
    columnLabel: 'next turn',
    rows: ['start', 'inform'],
    columns: ['inform', 'recommend'],
    values: [
      [1, 0],
      [0.25, 0.75],
    ],
    counts: [
      [4, 0],
      [1, 3],
    ],
  },
  {
    kind: 'timeline',
    id: 'timeline',
    title: 'First mention of a target',
    xLabel: 'turn',
    yLabel: 'first mentions',
    sides: ['by the history', 'by the user', 'by the recommender'],
    columns: [
      { label: 'history', counts: [2, 0, 0] },
      { label: '1', counts: [0, 0, 0] },
      { label: '2', counts: [0, 1, 3] },
    ],
  },
  ratingChart(
    { id: 'recall@1', name: 'Recall@1' },
    'control',
    Array.from({ length: 8 }, (_, i) => ({ dialogueId: `d${String(i)}`, value: i / 8 })),
    Array.from({ length: 9 }, (_, i) => ({
      dialogueId: `d${String(i)}`,
      question: 'control',
      rating: 1 + (i % 5),
    })),
    { resamples: 50 },
  ),
];

describe('figures', () => {
  it.each(figures.map((figure) => [figure.id, figure] as const))(
    '%s is drawn as it was, and its table says the same',
    async (id, figure) => {
      await expect(toSvg(figure)).toMatchFileSnapshot(
        `../../golden/figures/${id.replaceAll('@', '-at-')}.svg`,
      );
      await expect(tableToCsv(chartTable(figure))).toMatchFileSnapshot(
        `../../golden/figures/${id.replaceAll('@', '-at-')}.csv`,
      );
    },
  );

  it('are themed in a page, and stand alone as files', () => {
    for (const figure of figures) {
      expect(toSvg(figure)).not.toMatch(/var\(|currentColor/);
      const texts = JSON.stringify(drawChart(figure, pagePalette));
      expect(texts).toContain('currentColor');
      expect(texts).not.toContain('#ffffff');
    }
  });

  it('say their name, and what a reader must know, to those who do not see them', () => {
    const [bars] = figures;
    const drawn = bars && drawChart(bars, pagePalette);
    const texts = drawn?.children.filter((child): child is SvgNode => typeof child !== 'string');
    expect(texts?.[0]).toMatchObject({ tag: 'title', children: ['Success <by> system & more'] });
    expect(texts?.[1]).toMatchObject({ tag: 'desc', children: ['95 % intervals.'] });
    expect(bars && toSvg(bars)).toContain('Success &lt;by&gt; system &amp; more');
  });

  it('refuse a number that is none instead of drawing a wrong picture', () => {
    const broken: ChartSpec = {
      kind: 'lines',
      id: 'x',
      title: 'x',
      xLabel: 'x',
      yLabel: 'y',
      x: 'log',
      unit: 'share',
      lines: [{ label: 'one', points: [0, 1].map((x) => ({ x, y: 0.5 })) }],
    };
    expect(() => toSvg(broken)).toThrow(/cannot place/);
  });

  it('are drawn whatever finite numbers they hold', () => {
    const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite), { maxLength: 20 }), (pairs) => {
        const points = pairs.map(([x, y]) => ({ x, y }));
        const lines = { kind: 'lines', id: 'p', title: 'p', xLabel: 'x', yLabel: 'y' } as const;
        const chart = { ...lines, x: 'number', unit: 'number', lines: [{ label: 'l', points }] };
        expect(toSvg(chart as ChartSpec)).not.toMatch(/NaN|Infinity/);
      }),
    );
  });
});

describe('scales', () => {
  it('ticks are round, in order, and cover the range', () => {
    const range = fc
      .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6 }))
      .filter(([, span]) => !Number.isNaN(span));
    fc.assert(
      fc.property(range, ([low, span]) => {
        const ticks = niceTicks(low, low + span);
        expect(ticks[0]).toBeLessThanOrEqual(low + span * 1e-6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + span - span * 1e-6);
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
        expect(ticks.length).toBeLessThan(12);
      }),
    );
    expect(niceTicks(0, 0.9)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(linear([0, 10], [100, 200])(5)).toBe(150);
  });
});

function system(name: string, part: Partial<SystemReport['config']>, value: number): SystemReport {
  const seat = { id: 'm', hash: 'h', promptVersion: 'v', engine: 'wasm' } as const;
  const sampling = { temperature: 0.7, topP: 1, maxTokens: 10 };
  const config = {
    maxTurns: 20,
    sampling: { user: sampling, recommender: sampling },
    candidates: 10,
    slate: 1,
    constrained: true,
    trace: false,
    ...part,
  };
  const result = { id: 'verified-success', name: 'Verified success', unit: 'share', value, n: 4 };
  return {
    name,
    models: { user: seat, recommender: seat },
    promptVersion: 'v',
    referenceDependent: false,
    config,
    results: [{ ...result, interval: null }],
  } as unknown as SystemReport;
}

describe('sweeps', () => {
  const evaluation = (...systems: SystemReport[]) =>
    ({ systems, catalogue: { id: 'x', items: 500, language: 'en' } }) as never;

  it('set a metric against the one setting that differs, in its order', () => {
    const charts = sweepCharts(
      evaluation(
        system('b', { candidates: null }, 0.3),
        system('a', { candidates: 1 }, 0.1),
        system('other', { candidates: 1, maxTurns: 8 }, 0.9),
      ),
      ['verified-success'],
    );
    expect(charts.map(({ id }) => id)).toEqual([
      'sweep-candidates-verified-success',
      'sweep-turns-verified-success',
    ]);
    expect(charts[0]?.lines).toMatchObject([
      {
        label: 'm + m',
        points: [
          { x: 1, y: 0.1 },
          { x: 500, y: 0.3 },
        ],
      },
    ]);
  });

  it('tell a temperature of both from that of one', () => {
    const warm = (user: number, recommender: number) => ({
      sampling: {
        user: { temperature: user, topP: 1, maxTokens: 10 },
        recommender: { temperature: recommender, topP: 1, maxTokens: 10 },
      },
    });
    const ids = (...pairs: [number, number][]) =>
      sweepCharts(evaluation(...pairs.map(([u, r], i) => system(String(i), warm(u, r), i / 10))), [
        'verified-success',
      ]).map(({ id }) => id);
    expect(ids([0, 0], [1, 1])).toEqual(['sweep-temperature-verified-success']);
    expect(ids([0, 0.5], [1, 0.5])).toEqual(['sweep-temperature-user-verified-success']);
    expect(ids([0.5, 0.5])).toEqual([]);
  });
});

describe('a metric against ratings', () => {
  const values: DialogueValue[] = [1, 2, 3, 4, 5, 6].map((value) => ({
    dialogueId: String(value),
    value,
  }));

  it('takes the mean of several raters, one question, and counts what lacks either', () => {
    const ratings = [
      ...values.map(({ dialogueId, value }) => ({ dialogueId, question: 'flow', rating: value })),
      { dialogueId: '1', question: 'flow', rating: 3 },
      { dialogueId: '2', question: 'control', rating: 1 },
      { dialogueId: 'gone', question: 'flow', rating: 1 },
    ];
    const chart = ratingChart({ id: 'm', name: 'M' }, 'flow', values, ratings, { resamples: 100 });
    expect(chart.points[0]).toEqual({ label: '1', x: 1, y: 2 });
    expect(chart.correlation).toMatchObject({ name: 'Spearman', n: 6 });
    expect(chart.correlation.value).toBeGreaterThan(0.9);
    expect(chart.correlation.interval).not.toBeNull();
    expect(chart.note).toContain('1 rated dialogues have no value, 0 dialogues no rating');
  });

  it('is unknown, not 0, where nothing varies', () => {
    const chart = ratingChart({ id: 'm', name: 'M' }, 'flow', values.slice(0, 2), [
      { dialogueId: '1', question: 'flow', rating: 2 },
      { dialogueId: '2', question: 'flow', rating: 2 },
    ]);
    expect(chart.correlation.value).toBeNull();
    expect(chartTable(chart).notes.join(' ')).toContain('Spearman unknown, N 2');
  });
});

it('the leakage timeline shows every turn up to the last mention', () => {
  const mentions = [{ turn: 3, by: 'user', count: 2 }] as const;
  const chart = leakChart({ name: 's', curves: { mentions } } as unknown as SystemReport);
  expect(chart.columns.map(({ label }) => label)).toEqual(['1', '2', '3', '4']);
  expect(chart.columns[3]?.counts).toEqual([0, 2, 0]);
  const none = leakChart({ name: 's', curves: { mentions: [] } } as unknown as SystemReport);
  expect(none.note).toContain('was ever mentioned');
});
