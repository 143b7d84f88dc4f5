import { pagePalette } from '../charts/palette';
import { toSvg } from '../charts/svg';
import { chartTable } from '../charts/table';
import type { ReportDocument, ReportSection, ReportTable } from '../document';
import { escapeMarkup } from '../charts/markup';

/** No address of anything outside: the file is complete by itself. */
const style = `
  :root {
    color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif;
    --chart-1: light-dark(#0072b2, #6bb8ee); --chart-2: light-dark(#b85c00, #f0a35e);
    --chart-3: light-dark(#00795a, #4ecba4); --chart-4: light-dark(#a8487f, #e79bc6);
    --chart-5: light-dark(#5b4bb0, #b3a6f5); --chart-6: light-dark(#7a6a00, #e0d060);
    --chart-7: light-dark(#5c5c5c, #bbbbbb);
  }
  body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  caption { text-align: left; font-weight: 600; padding: .5rem 0; }
  th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8886; vertical-align: top; }
  .number { text-align: right; white-space: nowrap; }
  figure { margin: 1.5rem 0; }
  svg { max-width: 100%; height: auto; }
  .note, figcaption { font-size: .875rem; opacity: .8; }
`;

/** The report as one HTML file with its charts; it asks for nothing and runs nothing. */
export function toHtml({ title, sections }: ReportDocument): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeMarkup(title)}</h1>
${sections.map(section).join('\n')}
</body>
</html>
`;
}

function section({ id, title, text, tables, charts }: ReportSection): string {
  return [
    `<section id="${escapeMarkup(id)}">`,
    `<h2>${escapeMarkup(title)}</h2>`,
    ...text.map((paragraph) => `<p>${escapeMarkup(paragraph)}</p>`),
    ...tables.map(table),
    ...charts.map(
      (chart) =>
        `<figure><figcaption>${escapeMarkup(chart.title)}</figcaption><div class="wide">${toSvg(chart, pagePalette)}</div>` +
        `<details><summary>Numbers</summary>${table(chartTable(chart))}</details></figure>`,
    ),
    '</section>',
  ].join('\n');
}

function table({ title, notes, columns, rows }: ReportTable): string {
  const className = (i: number) => (columns[i]?.numeric === true ? ' class="number"' : '');
  return [
    '<div class="wide"><table>',
    `<caption>${escapeMarkup(title)}</caption>`,
    `<thead><tr>${columns.map(({ label }, i) => `<th scope="col"${className(i)}>${escapeMarkup(label)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(
      (row) =>
        `<tr>${row
          .map(({ text, strong }, i) => {
            const words = escapeMarkup(text);
            return `<td${className(i)}>${strong === true ? `<strong>${words}</strong>` : words}</td>`;
          })
          .join('')}</tr>`,
    ),
    '</tbody></table></div>',
    ...notes.map((note) => `<p class="note">${escapeMarkup(note)}</p>`),
  ].join('\n');
}
