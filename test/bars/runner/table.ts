import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bar } from './bars';
import { hashInputs, readRecord, type BarRecord } from './record';

const intro = `# Bars

What the project promises of itself, measured. \`npm run bars\` measures those whose inputs have changed since, one after the other, and can be
interrupted; bar 7 needs the ReDial data (\`npm run bars -- --redial DIR\`), bar 3 Emscripten, bar 6 the native engine. Every figure stands in \`bar-N.json\` with the command
that made it. This page is written by that command.

| bar | result | figures | N | machine, day |
|---|---|---|---|---|
`;

function figuresText({ figures }: BarRecord): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join('; ');
}

/** Writes test/bars/README.md from the records that there are. */
export function writeTable(root: string, bars: readonly Bar[]): void {
  const rows = bars.map((bar) => {
    const record = readRecord(root, bar.number);
    const name = `${String(bar.number)}. ${bar.title}`;
    if (record === null) return `| ${name} | not measured | | | |`;
    const current = record.inputs === hashInputs(root, bar.inputs);
    const result = `${record.passed ? 'passed' : 'failed'}${current ? '' : ' (before the last change)'}`;
    return `| ${name} | ${result} | ${figuresText(record)} | ${record.n} | ${record.machine}, ${record.date} |`;
  });
  writeFileSync(join(root, 'test', 'bars', 'README.md'), `${intro}${rows.join('\n')}\n`);
}
