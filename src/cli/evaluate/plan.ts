import { parseArgs } from 'node:util';
import { LabError } from '../../lib/contracts/errors';
import type { SystemNames } from '../../lib/metrics';
import { numberOf, readOptions, textOf, type Flags } from '../options';

export const evaluateFlags: Flags = {
  human: {
    value: 'FILE',
    help: "people's dialogues, to measure the distance to: records, {id, turns}, or ReDial's format",
  },
  'single-turn': {
    value: 'FILE',
    help: "systems' turns beside people's, one pair a line",
  },
  ratings: {
    value: 'FILE',
    help: "raters' answers of one session; several files one after the other",
  },
  merged: { value: 'FILE', help: 'where the answers of all raters go as one file' },
  judge: {
    value: 'ENGINE[/MODEL]',
    help: 'has a model judge the dialogues without references: native, wasm, webgpu or http',
  },
  endpoint: { value: 'URL', help: "the judge's address, for --judge http/NAME" },
  report: {
    value: 'DIR',
    help: 'where report.html, report.md, report.json, tables and figures go',
  },
  domain: { value: 'NAME', help: 'the catalogue', default: "the dialogues' own" },
  seed: { value: 'N', help: 'decides bootstrap draws, permutations and samples', default: '1' },
  theta: {
    value: 'X',
    help: 'share of the wanted attributes that an item must have to fit',
    default: '0.5',
  },
  encoder: {
    value: 'DIR',
    help: 'folder of the sentence encoder, for BERTScore and Match Score; "none" leaves them out',
    default: 'the one that ships',
  },
  resamples: { value: 'N', help: 'bootstrap draws; 0 leaves intervals out', default: '1000' },
  permutations: { value: 'N', help: 'permutations of a comparison', default: '4999' },
  names: {
    value: 'JSON',
    help: 'what systems are called in the report, as {"name": "other name"}; no number changes',
  },
  quiet: { help: 'print no tables; the report has them' },
  json: { help: 'end with the whole evaluation as JSON on the standard output' },
};

const judgeEngines = ['native', 'wasm', 'webgpu', 'http'] as const;

/** Who judges: an engine, and a model of it; `null`: the first one that plays no role. */
export interface JudgePlan {
  engine: (typeof judgeEngines)[number];
  model: string | null;
  endpoint: string | null;
}

export interface EvaluationPlan {
  help: boolean;
  runs: readonly string[];
  human: string | null;
  singleTurn: string | null;
  /** Files of answers; any of `runs` that turns out to be one is added. */
  ratings: readonly string[];
  merged: string | null;
  judge: JudgePlan | null;
  report: string | null;
  domain: string | null;
  seed: number;
  theta: number;
  /** `null`: none; "": the one that ships. */
  encoder: string | null;
  resamples: number;
  permutations: number;
  names: SystemNames;
  quiet: boolean;
  json: boolean;
}

/** Reads the command line; words that are no flag are files of dialogues. Error: `bad-config`. */
export function readEvaluationPlan(args: readonly string[]): EvaluationPlan {
  const { runs, ratings, flags } = split(args);
  const given = readOptions(flags, evaluateFlags);
  const plan: EvaluationPlan = {
    help: given['help'] === true,
    runs,
    human: textOf(given, 'human') ?? null,
    singleTurn: textOf(given, 'single-turn') ?? null,
    ratings,
    merged: textOf(given, 'merged') ?? null,
    judge: judgeOf(textOf(given, 'judge'), textOf(given, 'endpoint') ?? null),
    report: textOf(given, 'report') ?? null,
    domain: textOf(given, 'domain') ?? null,
    seed: numberOf(given, 'seed', 1, { least: 0, most: 2 ** 31 - 2 }),
    theta: numberOf(given, 'theta', 0.5, { least: 0, most: 1, whole: false }),
    encoder: encoderOf(textOf(given, 'encoder')),
    resamples: numberOf(given, 'resamples', 1000, { least: 0, most: 100_000 }),
    permutations: numberOf(given, 'permutations', 4999, { least: 1, most: 1_000_000 }),
    names: namesOf(textOf(given, 'names')),
    quiet: given['quiet'] === true,
    json: given['json'] === true,
  };
  const isEmpty = runs.length === 0 && plan.singleTurn === null && ratings.length === 0;
  if (!plan.help && isEmpty) {
    throw new LabError(
      'bad-config',
      'Name a file of dialogues, such as runs/RUN.jsonl, or turns with --single-turn.',
    );
  }
  return plan;
}

const encoderOf = (given: string | undefined): string | null =>
  given === 'none' ? null : (given ?? '');

function namesOf(text: string | undefined): SystemNames {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isObject && Object.values(value).every((name) => typeof name === 'string')) {
      return value as SystemNames;
    }
  } catch {
    // Told below, as what is JSON but no object of texts.
  }
  throw new LabError(
    'bad-config',
    `--names must be JSON such as '{"name": "other name"}', not "${text}".`,
  );
}

function judgeOf(text: string | undefined, endpoint: string | null): JudgePlan | null {
  if (text === undefined) return null;
  const [engine = '', ...rest] = text.split('/');
  const known = judgeEngines.find((one) => one === engine);
  if (known === undefined) {
    throw new LabError(
      'bad-config',
      `--judge must begin with one of ${judgeEngines.join(', ')}, such as native/smollm2-135m-instruct, not "${text}".`,
    );
  }
  const model = rest.join('/');
  if (known === 'http' && (endpoint === null || model === '')) {
    throw new LabError(
      'bad-config',
      '--judge http needs the name of a model and an address: --judge http/NAME --endpoint http://127.0.0.1:8000/v1.',
    );
  }
  return { engine: known, model: model === '' ? null : model, endpoint };
}

/** Files and flags apart; a flag with a value takes the word after it. */
function split(args: readonly string[]): { runs: string[]; ratings: string[]; flags: string[] } {
  const options = Object.fromEntries(
    Object.entries(evaluateFlags).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const runs = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const ratings = tokens.flatMap((token) =>
    token.kind === 'option' && token.name === 'ratings' && token.value !== undefined
      ? [token.value]
      : [],
  );
  const places = new Set(
    tokens.flatMap((token) => (token.kind === 'positional' ? [token.index] : [])),
  );
  return { runs, ratings, flags: args.filter((_, i) => !places.has(i)) };
}
