import type { ReportDocument, ReportTable } from '../document';

/** The report as Markdown, without its charts. */
export function toMarkdown({ title, sections }: ReportDocument): string {
  const parts = sections.flatMap((section) => [
    `## ${plain(section.title)}`,
    ...section.text.map(plain),
    ...section.tables.map(tableToMarkdown),
  ]);
  return `# ${plain(title)}\n\n${parts.join('\n\n')}\n`;
}

export function tableToMarkdown({ title, notes, columns, rows }: ReportTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `### ${plain(title)}`,
    '',
    line(columns.map(({ label }) => plain(label))),
    line(columns.map(({ numeric }) => (numeric ? '--:' : '---'))),
    ...rows.map((row) =>
      line(row.map(({ text, strong }) => (strong === true ? `**${plain(text)}**` : plain(text)))),
    ),
    ...notes.flatMap((note) => ['', plain(note)]),
  ].join('\n');
}

/** Text that Markdown and HTML take as it is. */
function plain(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_|~#[\]]/g, (mark) => `\\${mark}`)
    .replace(/</g, '&lt;');
}
