/** What `npm run bars` is told about the pair. */
export interface PairOptions {
  /** Models by id, or by the path of their folder, manifest or GGUF file. */
  user: string;
  recommender: string;
  /** The zero-shot model that stands beside every number. */
  base: string;
  /** Simulated dialogues of the pair and, where another number is given, of the base. */
  dialogues: number;
  baseDialogues: number;
  /** Simulated dialogues in the browser. */
  browserDialogues: number;
  /** K of the ranker in simulations; `null`: the program's own. */
  candidates: string | null;
  /** The ranker of human contexts, by name. */
  ranker: string;
  /** Human dialogues to use at most, of each part; `null`: all. */
  limit: number | null;
  /** Copies of a model that score at once, a thread each. */
  workers: number;
  /** Simulated dialogues in flight. */
  slots: number;
  /** Python with scikit-learn, for the tagger; `null`: the recipe's own. */
  python: string | null;
}

export const pairFlags = {
  user: { type: 'string', default: 'interplay-user-135m' },
  recommender: { type: 'string', default: 'interplay-recommender-135m' },
  base: { type: 'string', default: 'smollm2-135m-instruct' },
  dialogues: { type: 'string', default: '200' },
  'base-dialogues': { type: 'string' },
  'browser-dialogues': { type: 'string', default: '30' },
  candidates: { type: 'string' },
  ranker: { type: 'string', default: 'learned' },
  limit: { type: 'string' },
  workers: { type: 'string', default: '2' },
  slots: { type: 'string', default: '8' },
  python: { type: 'string' },
} as const;

export const pairUsage = `
Of the bars of the pair:
  --user, --recommender   models by id, or the path of a folder, manifest or GGUF file (default: the shipped pair)
  --base                  the zero-shot model beside them (default: smollm2-135m-instruct)
  --dialogues             simulated dialogues of the pair (default: 200); --base-dialogues of the base, when another number
  --browser-dialogues     simulated dialogues in the browser (default: 30)
  --candidates            K of the ranker in simulations, or all (default: the program's own)
  --ranker                of human contexts: learned, content, popularity or random (default: learned)
  --limit                 human dialogues of each part at most (default: all)
  --workers               copies of a model that score at once, a thread each (default: 2)
  --slots                 simulated dialogues in flight (default: 8)
  --python                a Python with scikit-learn, for the tagger (default: the recipe's own)
`;

type Values = Partial<Record<keyof typeof pairFlags, string>>;

function count(values: Values, name: keyof typeof pairFlags, fallback: number): number {
  const text = values[name];
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} must be a whole number`);
  return number;
}

export function readPairOptions(values: Values): PairOptions {
  const dialogues = count(values, 'dialogues', 200);
  return {
    user: values.user ?? pairFlags.user.default,
    recommender: values.recommender ?? pairFlags.recommender.default,
    base: values.base ?? pairFlags.base.default,
    dialogues,
    baseDialogues: count(values, 'base-dialogues', dialogues),
    browserDialogues: count(values, 'browser-dialogues', 30),
    candidates: values.candidates ?? null,
    ranker: values.ranker ?? pairFlags.ranker.default,
    limit: values.limit === undefined ? null : count(values, 'limit', 1),
    workers: count(values, 'workers', 2),
    slots: count(values, 'slots', 8),
    python: values.python ?? null,
  };
}

/** The options that differ from their defaults, as they were typed. */
export function typedOptions(options: PairOptions): string {
  const plain = readPairOptions({});
  const given: [string, string | number | null, string | number | null][] = [
    ['user', options.user, plain.user],
    ['recommender', options.recommender, plain.recommender],
    ['base', options.base, plain.base],
    ['dialogues', options.dialogues, plain.dialogues],
    ['base-dialogues', options.baseDialogues, options.dialogues],
    ['browser-dialogues', options.browserDialogues, plain.browserDialogues],
    ['candidates', options.candidates, plain.candidates],
    ['ranker', options.ranker, plain.ranker],
    ['limit', options.limit, plain.limit],
  ];
  return given
    .filter(([, value, usual]) => value !== usual)
    .map(([name, value]) => ` --${name} ${String(value)}`)
    .join('');
}
