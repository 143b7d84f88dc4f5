import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import type { Dialogue } from '../lib/contracts/dialogue';
import {
  domainOf,
  evaluate,
  readPeopleFile,
  readRunFile,
  ratingResults,
  readSingleTurnFile,
  withNames,
  type EvaluationProgress,
  type Judged,
  type SourceFile,
} from '../lib/metrics';
import {
  buildReport,
  ratingSection,
  shellLine,
  tableToMarkdown,
  type Provenance,
  type ReportSection,
} from '../lib/report';
import { build } from './bootstrap/build.mjs';
import { lineFile } from './evaluate/files';
import { openEncoder, shippedEncoder } from './evaluate/encoder';
import { judgeBy } from './evaluate/judge';
import { evaluateFlags, readEvaluationPlan, type EvaluationPlan } from './evaluate/plan';
import { holdsRatings, readRatingFiles, writeMerged } from './evaluate/ratings';
import { writeReport } from './evaluate/write-report';
import { exitCodes, guarded } from './exit';
import { helpText } from './options';
import { loadDomain } from './simulate/domain-files';

const about =
  'Computes every metric of simulated dialogues, compares systems over the same profiles and seeds, and writes\n' +
  'tables, figures and one self-contained report.';

/** `npm run evaluate`. */
export function main(args: readonly string[], root: string): Promise<number> {
  return guarded(async () => {
    const plan = readEvaluationPlan(args);
    if (plan.help) {
      process.stdout.write(
        helpText('npm run evaluate -- RUN.jsonl... [options]', about, evaluateFlags),
      );
      return exitCodes.ok;
    }
    const controller = new AbortController();
    process.once('SIGINT', () => {
      controller.abort();
    });
    await run(plan, args, root, controller.signal);
    return exitCodes.ok;
  });
}

async function run(
  plan: EvaluationPlan,
  args: readonly string[],
  root: string,
  signal: AbortSignal,
): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  const absolute = (path: string) => (isAbsolute(path) ? path : join(cwd, path));
  const open = (path: string) => lineFile(absolute(path));
  const files: SourceFile[] = [];
  const dialogues: Dialogue[] = [];
  const answerPaths = plan.ratings.map(absolute);
  for (const path of plan.runs) {
    if (await holdsRatings(absolute(path))) {
      answerPaths.push(absolute(path));
      continue;
    }
    const read = await readRunFile(await open(path));
    files.push(read.file);
    dialogues.push(...read.dialogues);
  }
  const given = answerPaths.length === 0 ? null : await readRatingFiles(answerPaths);
  if (given) files.push(...given.files);
  if (given && plan.merged !== null) {
    await writeMerged(absolute(plan.merged), answerPaths, given.merged);
    say(`The answers of ${String(given.merged.raters.length)} raters are in ${plan.merged}.`);
  }
  if (given && dialogues.length === 0 && plan.singleTurn === null) {
    tellProblems(files, say);
    const alone = { dialogues, catalogue: null, metrics: [], theta: plan.theta };
    const results = await ratingResults({ merged: given.merged, ...alone }, plan);
    if (plan.json) process.stdout.write(`${JSON.stringify({ ratings: results })}\n`);
    else tellSection(ratingSection(results));
    return;
  }
  const domain = await loadDomain(
    root,
    plan.domain ?? domainOf(dialogues, 'name its catalogue with --domain.') ?? 'movies',
  );
  const people =
    plan.human === null
      ? null
      : await readPeopleFile(await open(plan.human), domain.catalogue.pack.id);
  if (people) files.push(people.file);
  const single =
    plan.singleTurn === null ? null : await readSingleTurnFile(await open(plan.singleTurn));
  if (single) files.push(single.file);
  tellProblems(files, say);
  const encoder =
    plan.encoder === null || dialogues.length + (single?.rows.length ?? 0) === 0
      ? null
      : await openEncoder(
          plan.encoder === '' ? shippedEncoder(root) : absolute(plan.encoder),
          signal,
        );
  const judged = await judgedOf(plan, dialogues, root, say, signal);
  const measured = await evaluate(
    {
      catalogue: domain.catalogue,
      dialogues,
      ...(people === null ? {} : { people }),
      singleTurns: single?.rows ?? [],
      ...(given === null ? {} : { ratings: given.merged }),
      ...(judged === null ? {} : { judged }),
    },
    {
      seed: plan.seed,
      theta: plan.theta,
      resamples: plan.resamples,
      permutations: plan.permutations,
      ...(encoder === null ? {} : { encoder }),
      ...(process.stderr.isTTY ? { onProgress: progressLine } : {}),
      signal,
    },
  );
  const evaluation = withNames(measured, plan.names);
  const provenance: Provenance = {
    program: await programOf(root),
    command: quotedCommand('evaluate', args),
    files,
  };
  const document = buildReport(evaluation, provenance);
  if (plan.report !== null) {
    const folder = absolute(plan.report);
    const written = await writeReport(folder, document, evaluation, provenance);
    say(`${String(written.length)} files written to ${folder}; begin with report.html.`);
  }
  if (plan.json) {
    process.stdout.write(`${JSON.stringify({ provenance, evaluation })}\n`);
    return;
  }
  if (plan.quiet) return;
  for (const section of document.sections) {
    if (!['warnings', 'headlines', 'comparisons', 'ratings'].includes(section.id)) continue;
    tellSection(section);
  }
}

/** What a judge says of the dialogues; `null` where none was asked for. */
async function judgedOf(
  { judge, seed }: EvaluationPlan,
  dialogues: readonly Dialogue[],
  root: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Judged | null> {
  if (judge === null) return null;
  const onProgress = (progress: { done: number; total: number }) => {
    progressLine({ ...progress, what: 'questions to the judge' });
  };
  return judgeBy(judge, dialogues, {
    ...{ root, seed, signal, onStage: say },
    buildSite: () => build(root, say),
    ...(process.stderr.isTTY ? { onProgress } : {}),
  });
}

function tellSection({ title, text, tables }: ReportSection): void {
  const lines = [...text, ...tables.map(tableToMarkdown)];
  process.stdout.write(`${title}\n\n${lines.join('\n\n')}\n\n`);
}

/** At most three of each file: a broken file would fill the screen. */
function tellProblems(files: readonly SourceFile[], say: (line: string) => void): void {
  for (const { name, problems } of files) {
    problems.slice(0, 3).forEach(({ line, reason }) => {
      say(`${name}, line ${String(line)}: ${reason}`);
    });
    if (problems.length > 3) say(`${name}: ${String(problems.length - 3)} more such lines.`);
  }
}

function progressLine({ done, total, what }: EvaluationProgress): void {
  process.stderr.write(`\r\u001b[K${String(done)} of ${String(total)}: ${what}`);
  if (done + 1 >= total) process.stderr.write('\r\u001b[K');
}

async function programOf(root: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `${name} ${version}`;
}

/** A command line as it is typed, for a report. */
export function quotedCommand(task: string, args: readonly string[]): string {
  return `npm run ${task} -- ${shellLine(args.map(withoutFolders))}`;
}

/** A report is read elsewhere: there a machine's own folders mean nothing. */
function withoutFolders(word: string): string {
  return isAbsolute(word) ? basename(word) : word;
}
