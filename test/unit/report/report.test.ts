import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate, type Evaluation } from '../../../src/lib/metrics';
import {
  buildReport,
  tableToCsv,
  tableToLatex,
  toHtml,
  toMarkdown,
  toSvg,
  type ReportDocument,
} from '../../../src/lib/report';
import { catalogue } from '../metrics/fixtures';
import { alwaysAccept, middling } from '../metrics/evaluation/systems';

const provenance = {
  command: "npm run evaluate -- a.jsonl --report 'out & about'",
  program: 'interplay-lab 0.1.0',
  files: [
    {
      name: 'a.jsonl',
      sha256: 'ab'.repeat(32),
      records: 80,
      problems: [{ line: 3, reason: 'It is <cut> off.' }],
    },
  ],
};

describe('a report', () => {
  let evaluation: Evaluation;
  let document: ReportDocument;
  beforeAll(async () => {
    const dialogues = [...middling(), ...alwaysAccept()];
    evaluation = await evaluate({ catalogue, dialogues }, { resamples: 50, permutations: 99 });
    document = buildReport(evaluation, provenance);
  }, 60_000);

  const table = (id: string) => {
    const found = document.sections.flatMap(({ tables }) => tables).find((one) => one.id === id);
    if (!found) throw new Error(`no table ${id}`);
    return found;
  };

  it('puts the systems that rank first, and says why others do not', () => {
    const { rows, notes } = table('outcome');
    expect(rows.map((row) => row.slice(0, 2).map(({ text }) => text))).toEqual([
      ['1', 'middling + middling'],
      ['–', 'always-accept + always-accept'],
    ]);
    expect(notes.join(' ')).toContain('always-accept + always-accept has no rank');
  });

  it('shows the numbers of the evaluation, each with its definition', () => {
    const all = table('metrics').rows;
    for (const { name, results } of evaluation.systems) {
      for (const result of results) {
        const row = all.find(([system, id]) => system?.text === name && id?.text === result.id);
        expect(row?.[3]?.value).toBe(result.value);
      }
    }
    const defined = new Set(table('definitions').rows.map(([id]) => id?.text));
    expect(
      evaluation.systems.every(({ results }) => results.every(({ id }) => defined.has(id))),
    ).toBe(true);
  });

  it('says what it was made from and how to make it again', () => {
    const html = toHtml(document);
    for (const part of [
      'ab'.repeat(32),
      'Seed 1, 50 bootstrap draws',
      'npm run evaluate -- a.jsonl --report &#39;out &amp; about&#39;',
      'a.jsonl, line 3: It is &lt;cut&gt; off.',
    ]) {
      expect(html).toContain(part);
    }
  });

  it('is one HTML file that asks for nothing', () => {
    const html = toHtml(document);
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|\bsrc=/i);
    const addresses = [...html.matchAll(/https?:\/\/[^\s"']+/g)].map(([address]) => address);
    expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg']));
    expect(html.match(/<svg/g)?.length).toBe(
      document.sections.flatMap(({ charts }) => charts).length,
    );
  });

  it('writes CSV with the whole numbers and their intervals', () => {
    const [head, first] = tableToCsv(table('outcome')).split('\r\n');
    expect(head).toContain('Raw success,"Raw success, low","Raw success, high"');
    const raw = evaluation.systems[0]?.results.find(({ id }) => id === 'raw-success');
    expect(first).toContain([raw?.value, ...(raw?.interval ?? [])].join(','));
  });

  it('writes Markdown and LaTeX whose marks are plain text', () => {
    const tricky = {
      id: 't',
      title: 'A_b & 5 %',
      notes: ['x | y'],
      columns: [{ label: 'Name', numeric: false }],
      rows: [[{ text: '=1+1' }], [{ text: 'a|b_c$ #{}~^\\' }]],
    };
    expect(tableToLatex(tricky)).toContain(
      'a|b\\_c\\$ \\#\\{\\}\\textasciitilde{}\\textasciicircum{}\\textbackslash{}',
    );
    expect(tableToLatex(tricky)).toContain('A\\_b \\& 5 \\%');
    expect(
      toMarkdown({
        title: 't',
        sections: [{ id: 's', title: 's', text: [], tables: [tricky], charts: [] }],
      }),
    ).toContain('| a\\|b\\_c$ \\#{}\\~^\\\\ |');
    expect(tableToCsv(tricky)).toContain("'=1+1");
  });

  it('draws every chart without a number that is none', () => {
    const charts = document.sections.flatMap((section) => section.charts);
    expect(new Set(charts.map(({ kind }) => kind))).toEqual(
      new Set(['bars', 'lines', 'matrix', 'timeline']),
    );
    for (const chart of charts) {
      expect(toSvg(chart)).not.toMatch(/NaN|Infinity|undefined/);
      expect(structuredClone(chart)).toEqual(chart);
    }
  });

  it('is plain data, as the page gets it from its worker', () => {
    expect(structuredClone(evaluation)).toEqual(evaluation);
  });
});
