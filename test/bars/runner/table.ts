import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bar } from './bars';
import { hashInputs, readRecord, type BarRecord } from './record';

const intro = `# Bars

What the project promises of itself, measured. \`npm run bars\` measures those whose inputs have changed since, one after the other, and can be
interrupted; bar 7 needs the ReDial data (\`npm run bars -- --redial DIR\`), bar 3 Emscripten, bar 6 the native engine. Every figure stands in \`bar-N.json\` with the command
that made it. This page is written by that command.

`;

const heading = `| bar | result | figures | N | machine, day |
|---|---|---|---|---|
`;

const pairIntro = `
## The pair

The two fine-tuned models, and the base zero-shot in the same seats with the same code ("base"). Simulated dialogues are on shown profiles, which nothing was
trained or tuned on; human ones are of validation seekers and of the test half, which are read by \`--redial\`. Intervals are 95 % bootstrap over
dialogues. Everything in the figures, and what was left out of them, stands in \`pair/bar-N.json\`; the simulated dialogues themselves in \`kept/\`, so that an
interrupted measurement goes on, on another machine too, and anyone can read what was measured.

`;

const appIntro = `
## The app

`;

const evalIntro = `
## The evaluation lab

`;

function figuresText({ figures }: BarRecord): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join('; ');
}

/** Writes test/bars/README.md from the records that there are. */
export function writeTable(root: string, bars: readonly Bar[]): void {
  const rowsOf = (set: Bar['set']) =>
    bars
      .filter((bar) => bar.set === set)
      .map(row)
      .join('\n');
  const row = (bar: Bar) => {
    const record = readRecord(root, bar);
    const name = `${String(bar.number)}. ${bar.title}`;
    if (record === null) return `| ${name} | not measured | | | |`;
    const current = record.inputs === hashInputs(root, bar.inputs);
    const result = `${record.passed ? 'passed' : 'failed'}${current ? '' : ' (before the last change)'}`;
    return `| ${name} | ${result} | ${figuresText(record)} | ${record.n} | ${record.machine}, ${record.date} |`;
  };
  const app = `${appIntro}${heading}${rowsOf('app')}\n`;
  const evaluation = `${evalIntro}${heading}${rowsOf('eval')}\n`;
  const text = `${intro}${heading}${rowsOf(undefined)}\n${pairIntro}${heading}${rowsOf('pair')}\n${app}${evaluation}`;
  writeFileSync(join(root, 'test', 'bars', 'README.md'), text);
}
