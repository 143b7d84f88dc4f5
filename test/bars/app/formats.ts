/**
 * Bar app-8: dialogues written and read back in every format.
 * Usage: npx tsx test/bars/app/formats.ts [--n 500]
 * Writes test/bars/app/formats.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatReports, isHonest } from '../../unit/store/formats/round-trip';

const { values } = parseArgs({ options: { n: { type: 'string', default: '500' } } });
const n = Number(values.n);
const seed = 17;
const reports = await formatReports(n, seed);
for (const report of reports) process.stdout.write(`${JSON.stringify(report)}\n`);
const result = { n, seed, honest: reports.every(isHonest), reports };
writeFileSync(join('test', 'bars', 'app', 'formats.json'), `${JSON.stringify(result, null, 2)}\n`);
