/** A block of a text that is written in Markdown, as far as a model card needs it. Inline marks stay as typed. */
export type TextBlock =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'code'; text: string };

const cells = (line: string): string[] =>
  line
    .replace(/^\s*\|/, '')
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
const isRule = (line: string | undefined) =>
  line !== undefined && /^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$/.test(line);

/** The blocks of a card. Whatever is none of the known kinds is a paragraph: nothing is lost, nothing is run. */
export function textBlocks(text: string): readonly TextBlock[] {
  // Front matter, as model hubs have it, is shown as it is.
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: TextBlock[] = [];
  let at = 0;
  const line = () => lines[at] ?? '';
  const take = (fits: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    while (at < lines.length && fits(line())) taken.push(lines[at++] ?? '');
    return taken;
  };
  const starts = (text: string) => /^(#{1,6} |```|\s*[-*] |\s*\|)/.test(text);
  while (at < lines.length) {
    const heading = /^(#{1,6}) (.*)$/.exec(line());
    if (line().trim() === '') at += 1;
    else if (heading) {
      blocks.push({ kind: 'heading', level: (heading[1] ?? '').length, text: heading[2] ?? '' });
      at += 1;
    } else if (line().startsWith('```')) {
      at += 1;
      blocks.push({ kind: 'code', text: take((each) => !each.startsWith('```')).join('\n') });
      at += 1;
    } else if (/^\s*\|/.test(line()) && isRule(lines[at + 1])) {
      const [head = '', , ...rows] = take((each) => /^\s*\|/.test(each));
      blocks.push({ kind: 'table', head: cells(head), rows: rows.map(cells) });
    } else if (/^( {4}|\t)/.test(line())) {
      const code = take((each) => /^( {4}|\t)/.test(each));
      blocks.push({
        kind: 'code',
        text: code.map((each) => each.replace(/^( {4}|\t)/, '')).join('\n'),
      });
    } else if (/^\s*[-*] /.test(line())) {
      const items: string[] = [];
      for (const each of take((next) => next.trim() !== '' && !/^(#{1,6} |```|\s*\|)/.test(next))) {
        if (/^\s*[-*] /.test(each)) items.push(each.replace(/^\s*[-*] /, ''));
        else items.push(`${items.pop() ?? ''} ${each.trim()}`);
      }
      blocks.push({ kind: 'list', items });
    } else {
      const first = lines[at++] ?? '';
      const rest = take((each) => each.trim() !== '' && !starts(each));
      blocks.push({
        kind: 'paragraph',
        text: [first, ...rest].map((each) => each.trim()).join(' '),
      });
    }
  }
  return blocks;
}
