import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runProcess } from '../../src/cli/tasks/process';
import { coreCosts } from './core-cost';

/** A row of grammar-cost.json. */
interface GrammarCost {
  engine: string;
  titles: number;
  [figure: string]: string | number;
}

/** Each figure of a row as so many times the row of one title, same engine, same run. */
function againstOneTitle(rows: readonly GrammarCost[]): object[] {
  return rows.map((row) => {
    // The last row of one title: the first one also builds what all grammars share.
    const one = rows.filter(({ engine, titles }) => engine === row.engine && titles === 1).at(-1);
    const ratios = Object.entries(row).flatMap(([name, value]) => {
      const base = one?.[name];
      const comparable = name !== 'titles' && typeof value === 'number' && typeof base === 'number';
      return comparable && base > 0 ? [[name, Number((value / base).toPrecision(3))]] : [];
    });
    return { engine: row.engine, titles: row.titles, ...Object.fromEntries(ratios) };
  });
}

/** `npm run bench`: what the steps of a turn cost, as ratios within one run. Writes test/bench/results.json. */
export async function main(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { 'core-only': { type: 'boolean', default: false }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(
      'Usage: npm run bench -- [--core-only]\n\nWithout --core-only it also measures grammars in both engines, and the page with 20,000 dialogues.\n',
    );
    return 0;
  }
  const folder = join(root, 'test', 'bench');
  const core = coreCosts();
  console.table(core);
  let code = 0;
  if (!values['core-only']) {
    for (const name of ['grammar-cost.ts', 'archive-cost.ts']) {
      const args = ['--import', 'tsx', join(folder, name)];
      code ||= (await runProcess(process.execPath, args, { cwd: root })).code;
    }
  }
  const file = join(folder, 'grammar-cost.json');
  const grammar = existsSync(file)
    ? againstOneTitle(
        (JSON.parse(readFileSync(file, 'utf8')) as { results: GrammarCost[] }).results,
      )
    : null;
  if (grammar !== null) console.table(grammar);
  const archiveFile = join(folder, 'archive-cost.json');
  const archive = existsSync(archiveFile)
    ? (JSON.parse(readFileSync(archiveFile, 'utf8')) as { ratios: Record<string, number> }).ratios
    : null;
  if (archive !== null) console.table(archive);
  writeFileSync(
    join(folder, 'results.json'),
    `${JSON.stringify({ unit: 'times the yardstick (SHA-256 of 1 MiB), times one title, times opening the list', core, grammar, archive }, null, 2)}\n`,
  );
  return code;
}
