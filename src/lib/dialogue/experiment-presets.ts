import type {
  Experiment,
  ExperimentSetting,
  ExperimentSystem,
  ExperimentTable,
} from '../contracts/experiment';

const usual: ExperimentSetting = { id: 'usual', title: 'As usual' };

const shared = {
  schemaVersion: 1,
  domain: 'movies',
  dialogues: 100,
  seeds: [1],
  settings: [usual],
  trace: false,
} as const;

const system = (
  id: string,
  title: string,
  user: string,
  recommender: string,
): ExperimentSystem => ({ id, title, user, recommender });

const idsOf = (systems: readonly ExperimentSystem[]) => systems.map(({ id }) => id);

const outcomeMetrics = [
  'raw-success',
  'verified-success',
  'verified-success-sound',
  'false-accept-rate',
  'discrimination',
  'exchanges-median',
];
const recommendationMetrics = [
  'recall@1-first-macro',
  'recall@10-any-macro',
  'recall@10-any-new',
  'mrr-first',
  'match-score',
  'match-attributes',
  'verified-success',
];
const pair = system('pair', 'The pair', 'shipped', 'shipped');

const paperUsers: readonly ExperimentSystem[] = [
  system('user-zero-shot', 'Zero-shot user', 'zero-shot', 'shipped'),
  system('user-always-accept', 'User that always accepts', 'always-accept', 'shipped'),
  system('user-never-accept', 'User that never accepts', 'never-accept', 'shipped'),
  system('user-honest', 'Honest script', 'honest', 'shipped'),
];
const paperRecommenders: readonly ExperimentSystem[] = [
  system('recommender-zero-shot', 'Zero-shot recommender', 'shipped', 'zero-shot'),
  system('recommender-modular', 'Modular, learned ranker and templates', 'shipped', 'modular'),
  system(
    'recommender-modular-model',
    'Modular, learned ranker and zero-shot generator',
    'shipped',
    'modular:zero-shot',
  ),
  system(
    'recommender-modular-graph',
    'Modular, knowledge graph and templates',
    'shipped',
    'modular-graph',
  ),
  system('recommender-learned', 'Learned ranker alone', 'shipped', 'learned'),
  system('recommender-content', 'Content ranker alone', 'shipped', 'content'),
  system('recommender-popularity', 'Most popular', 'shipped', 'popularity'),
  system('recommender-random', 'Random', 'shipped', 'random'),
  system('recommender-oracle', 'Oracle, handed the targets', 'shipped', 'oracle'),
];
const counterpart = system(
  'counterpart',
  'Reference-dependent counterpart',
  'counterpart',
  'counterpart',
);

const paperTables: readonly ExperimentTable[] = [
  {
    id: 'users',
    title: 'User simulators, with the same recommender',
    question:
      'How often does each user take a recommendation, and is what it takes what it wanted?',
    systems: idsOf([pair, ...paperUsers]),
    metrics: outcomeMetrics,
  },
  {
    id: 'recommenders',
    title: 'Recommenders, with the same user simulator',
    question:
      'How near do recommendations come to the hidden targets? Match Score is our own measure, not the one whose value ' +
      'the paper gives: the two must not be compared.',
    systems: idsOf([pair, ...paperRecommenders]),
    metrics: recommendationMetrics,
  },
  {
    id: 'leakage',
    title: 'Reference-free against reference-dependent: leakage',
    question: 'Does a simulator that is handed the targets give them away?',
    systems: idsOf([pair, counterpart]),
    metrics: ['reply-leak', 'prompt-leak', 'history-leak', 'raw-success', 'verified-success'],
  },
  {
    id: 'language',
    title: 'Reference-free against reference-dependent: diversity and length',
    question: 'Which one says more, and says it in more ways?',
    systems: idsOf([pair, counterpart]),
    metrics: [
      'dist-4-ead-user',
      'dist-4-unicrs-user',
      'dist-4-ead-recommender',
      'dist-4-unicrs-recommender',
      'self-bleu-user',
      'self-bleu-recommender',
      'words-mean-user',
      'words-mean-recommender',
      'exchanges-median',
    ],
  },
  {
    id: 'people',
    title: 'Reference-free against reference-dependent: distance to people',
    question: 'Which one talks more as people do?',
    systems: idsOf([pair, counterpart]),
    metrics: [
      'people-act-bigrams',
      'people-length-user',
      'people-length-recommender',
      'people-dist-4-user',
      'people-dist-4-recommender',
      'people-exchanges',
      'people-success',
      'people-reject',
    ],
  },
];

const paper: Experiment = {
  ...shared,
  id: 'paper',
  title: "The paper's comparison",
  about:
    'User simulators with the same recommender, recommenders with the same user simulator, and the pair against the ' +
    'reference-dependent counterpart.',
  systems: [pair, ...paperUsers, ...paperRecommenders, counterpart],
  tables: paperTables,
  // Prompt leaks are one of its numbers.
  trace: true,
};

const honest: readonly ExperimentSystem[] = [
  system('honest-learned', 'Learned ranker alone', 'honest', 'learned'),
  system('honest-content', 'Content ranker alone', 'honest', 'content'),
  system('honest-graph', 'Knowledge graph alone', 'honest', 'graph'),
  system('honest-modular', 'Modular, learned ranker', 'honest', 'modular'),
  system('honest-modular-graph', 'Modular, knowledge graph', 'honest', 'modular-graph'),
  system('honest-popularity', 'Most popular', 'honest', 'popularity'),
  system('honest-random', 'Random', 'honest', 'random'),
  system('honest-oracle', 'Oracle, handed the targets', 'honest', 'oracle'),
];

/** Every control against every other: what the metrics say of systems whose worth is known. */
const controls: Experiment = {
  ...shared,
  id: 'controls',
  title: 'Controls',
  about: 'Scripts and rankers whose worth is known. No model is needed; it takes seconds.',
  systems: [
    ...honest,
    system('always-random', 'User that always accepts, random', 'always-accept', 'random'),
    system('never-learned', 'User that never accepts', 'never-accept', 'learned'),
  ],
  tables: [
    {
      id: 'recommenders',
      title: 'Recommenders, with the honest user',
      question: 'Does a better ranker come out better?',
      systems: idsOf(honest),
      metrics: recommendationMetrics,
    },
    {
      id: 'users',
      title: 'Users that judge, and users that do not',
      question: 'Is a user that takes anything found out?',
      systems: ['honest-learned', 'honest-random', 'always-random', 'never-learned'],
      metrics: outcomeMetrics,
    },
  ],
};

/** A sweep: the pair, and the pair with one seat taken by a script, so that one sees whose doing a change is. */
function sweep(
  id: string,
  title: string,
  about: string,
  settings: readonly ExperimentSetting[],
  metrics: readonly string[],
): Experiment {
  const systems = [
    pair,
    system('honest', 'Honest script with our recommender', 'honest', 'shipped'),
    system('learned', 'Our user with the learned ranker', 'shipped', 'learned'),
    system('controls', 'Honest script with the learned ranker', 'honest', 'learned'),
  ];
  return {
    ...shared,
    id,
    title,
    about,
    systems,
    settings,
    tables: systems.map((one) => ({
      id: one.id,
      title: one.title,
      question: about,
      systems: [one.id],
      metrics,
    })),
  };
}

const sweptMetrics = [
  'raw-success',
  'verified-success',
  'false-accept-rate',
  'exchanges-median',
  'recall@1-first-macro',
  'recall@10-any-macro',
  'match-attributes',
  'dist-4-ead-recommender',
];

const sweeps: readonly Experiment[] = [
  sweep(
    'sweep-k',
    "The ranker's K",
    'How many of the ranker’s best should the recommender choose from?',
    [1, 3, 10, 50, null].map((candidates) => ({
      id: `k-${candidates === null ? 'all' : String(candidates)}`,
      title: `K ${candidates === null ? 'all' : String(candidates)}`,
      candidates,
    })),
    sweptMetrics,
  ),
  sweep(
    'sweep-temperature',
    'Temperature',
    'How much does chance in the choice of words change?',
    [0, 0.3, 0.6, 0.8, 1].map((temperature) => ({
      id: `t-${String(temperature).replace('.', '-')}`,
      title: `Temperature ${String(temperature)}`,
      temperature,
    })),
    [...sweptMetrics, 'dist-4-ead-user', 'violation-any-turns'],
  ),
  sweep(
    'sweep-turns',
    'Turn limit',
    'How many turns does it take?',
    [4, 8, 12, 20, 30].map((maxTurns) => ({
      id: `turns-${String(maxTurns)}`,
      title: `At most ${String(maxTurns)} turns`,
      maxTurns,
    })),
    sweptMetrics,
  ),
  sweep(
    'sweep-anonymity',
    'Anonymity of targets',
    'Is it harder where fewer films fit?',
    (
      [
        [20, 150],
        [151, 230],
        [231, 280],
        [281, 300],
      ] as const
    ).map((anonymity) => ({
      id: `fit-${String(anonymity[0])}-${String(anonymity[1])}`,
      title: `${String(anonymity[0])} to ${String(anonymity[1])} items fit`,
      anonymity,
    })),
    sweptMetrics,
  ),
];

const smokeSystems: readonly ExperimentSystem[] = [
  pair,
  system('honest-content', 'Honest script, content', 'honest', 'content'),
  system('modular-model', 'Modular with a model', 'honest', 'modular:script'),
  system('oracle', 'Oracle', 'honest', 'oracle'),
  system('no-learned', 'Learned ranker', 'honest', 'learned'),
  system('counterpart', 'Counterpart', 'counterpart', 'counterpart'),
];

/** Seconds, on the scripted engine: for tests, and to see what comes out. */
const smoke: Experiment = {
  ...shared,
  id: 'smoke',
  title: 'Smoke',
  about: 'Every kind of system once, on the scripted engine: nothing it says means anything.',
  domain: 'boardgames',
  dialogues: 3,
  scripted: true,
  trace: true,
  systems: smokeSystems,
  tables: [
    {
      id: 'all',
      title: 'All systems',
      question: 'Does everything run?',
      systems: idsOf(smokeSystems),
      metrics: [
        'raw-success',
        'verified-success',
        'recall@1-first-macro',
        'reply-leak',
        'prompt-leak',
      ],
    },
  ],
};

/** The experiments that the program brings along. */
export const experimentPresets: readonly Experiment[] = [paper, ...sweeps, controls, smoke];
