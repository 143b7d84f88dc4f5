import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../lib/contracts';
import { buildFilmPack } from '../lib/domain/film-pack';
import { packToText } from '../lib/domain/pack-text';
import { countMentions, filmsOf, parseRedial } from '../lib/profile/redial';
import { dialoguesOf } from '../lib/profile/splits';
import { buildStatistics } from '../lib/recommend/build-statistics';
import { exitCodes, guarded } from './exit';
import { helpText, readOptions, textOf, type Flags } from './options';

const flags: Flags = {
  redial: { value: 'DIR', help: 'folder with train.jsonl and id2info.json (required)' },
  out: {
    value: 'DIR',
    help: 'where catalogue.json, statistics.json and merged.json go',
    default: 'static/domains/movies',
  },
};

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (reason) {
    throw new LabError('bad-input', `Cannot read ${path}. Check --redial.`, String(reason));
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (reason) {
    throw new LabError('bad-input', `${path} is not JSON.`, String(reason));
  }
}

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given.help === true) {
    const about =
      'Makes the films catalogue (facts only) and co-mention counts. Counts come from the training split alone.';
    process.stdout.write(helpText('npx tsx src/cli/make-catalogue.ts --redial DIR', about, flags));
    return exitCodes.ok;
  }
  const folder = textOf(given, 'redial');
  if (folder === undefined) throw new LabError('bad-config', '--redial is required. See --help.');
  const out = textOf(given, 'out') ?? 'static/domains/movies';
  const source = join(folder, 'id2info.json');
  const training = dialoguesOf(parseRedial(await readText(join(folder, 'train.jsonl'))), 'train');
  const films = parseJson(await readText(source), source);
  const { pack, report } = buildFilmPack(films, countMentions(training));
  const known = new Set(pack.items.map((item) => item.id));
  const named = training.map(
    (dialogue) =>
      new Set(
        [...filmsOf(dialogue)]
          .map((id) => report.mergedIds[id] ?? id)
          .filter((id) => known.has(id)),
      ),
  );
  const { attribution } = pack;
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'catalogue.json'), packToText(pack));
  await writeFile(
    join(out, 'statistics.json'),
    `${JSON.stringify(buildStatistics(pack.id, attribution, named))}\n`,
  );
  await writeFile(join(out, 'merged.json'), `${JSON.stringify(report.mergedIds, null, 1)}\n`);
  process.stdout.write(
    `${report.entries} entries, ${report.merged} merged, ${report.items} items; ` +
      `${report.withoutFacts} without facts, ${report.withoutYear} without a year; ` +
      `counts from ${training.length} training dialogues.\n`,
  );
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
