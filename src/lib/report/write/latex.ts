import type { ReportTable } from '../document';

/** A table as LaTeX for `booktabs`, with its notes as the caption. */
export function tableToLatex({ id, title, notes, columns, rows }: ReportTable): string {
  const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${[title + '.', ...notes].map(escaped).join(' ')}}`,
    `  \\label{tab:${id}}`,
    `  \\begin{tabular}{${columns.map(({ numeric }) => (numeric ? 'r' : 'l')).join('')}}`,
    '    \\toprule',
    line(columns.map(({ label }) => escaped(label))),
    '    \\midrule',
    ...rows.map((row) =>
      line(
        row.map(({ text, strong }) =>
          strong === true ? `\\textbf{${escaped(text)}}` : escaped(text),
        ),
      ),
    ),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

const marks: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '–': '--',
};

function escaped(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\~^<>–&%$#_{}]/g, (mark) => marks[mark] ?? `\\${mark}`);
}
