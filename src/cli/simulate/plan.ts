import type { DialogueConfig } from '../../lib/contracts/dialogue';
import { engineKinds, type EngineKind, type ModelRole } from '../../lib/contracts/engine';
import { LabError } from '../../lib/contracts/errors';
import type { Role } from '../../lib/contracts/action';
import { defaultConfig } from '../../lib/dialogue/start';
import { grammarFields, type GrammarField } from '../../lib/engine/http/request';
import { choiceOf, numberOf, readOptions, textOf, type Given } from '../options';
import { simulateFlags } from './flags';
import { isModular } from './modular';
import { isControl, rankerNames, type RankerName } from './seats';

export type EngineChoice = EngineKind | 'auto';

/** A simulation as it was asked for: what the flags mean. */
export interface SimulationPlan {
  help: boolean;
  dialogues: number;
  seed: number;
  engines: Record<Role, EngineChoice>;
  /** A model or a control by name; `null`: the model that ships for that seat. */
  seats: Record<Role, string | null>;
  /** The model that speaks for a modular recommender; `null`: it speaks in templates. */
  generator: string | null;
  /** What orders a recommender model's candidates; `null`: the best there is. */
  ranker: RankerName | null;
  /** The grammar holds the user's model to what fits: practice dialogues. */
  tutor: boolean;
  /** The model in `seats`, the same in both, is handed the targets and writes both sides. */
  counterpart: boolean;
  profiles: string | null;
  skipBadLines: boolean;
  domain: string;
  config: DialogueConfig;
  out: string | null;
  json: boolean;
  softwareAdapter: boolean;
  /** Dialogues in flight, where an engine can; `null`: as many as the engine suggests. */
  slots: number | null;
  /** Of each seat's WebAssembly engine; `null`: as many as help. */
  threads: number | null;
  endpoint: EndpointPlan;
}

export interface EndpointPlan {
  url: string | null;
  model: string | null;
  apiKey: string | null;
  grammarField: GrammarField;
}

const largestSeed = 2 ** 31 - 2;

/** Reads the command line. Errors: `bad-config`, saying which flag and what it takes. */
export function readPlan(args: readonly string[], env: NodeJS.ProcessEnv): SimulationPlan {
  const given = readOptions(args, simulateFlags);
  const kinds = ['auto', ...engineKinds] as const;
  const engine = choiceOf(given, 'engine', 'auto', kinds);
  const model = textOf(given, 'model') ?? null;
  const plan: SimulationPlan = {
    help: given['help'] === true,
    dialogues: numberOf(given, 'dialogues', 10, { least: 1, most: 1_000_000 }),
    seed: numberOf(given, 'seed', 1, { least: 0, most: largestSeed }),
    engines: {
      user: choiceOf(given, 'user-engine', engine, kinds),
      recommender: choiceOf(given, 'recommender-engine', engine, kinds),
    },
    seats: {
      user: textOf(given, 'user') ?? model,
      recommender: textOf(given, 'recommender') ?? model,
    },
    generator: textOf(given, 'generator') ?? null,
    ranker:
      textOf(given, 'ranker') === undefined
        ? null
        : choiceOf(given, 'ranker', 'learned', rankerNames),
    tutor: given['tutor'] === true,
    counterpart: given['counterpart'] === true,
    profiles: textOf(given, 'profiles') ?? null,
    skipBadLines: given['skip-bad-lines'] === true,
    domain: domainOf(given),
    config: configOf(given),
    out: textOf(given, 'out') ?? null,
    json: given['json'] === true,
    softwareAdapter: given['software-adapter'] === true,
    slots: optionalNumber(given, 'slots'),
    threads: optionalNumber(given, 'threads'),
    endpoint: endpointOf(given, env),
  };
  if (plan.counterpart) checkCounterpartFlags(given);
  checkGenerator(plan);
  checkModelFlags(plan);
  if (Object.values(plan.engines).includes('http') && plan.endpoint.url === null && !plan.help) {
    throw new LabError(
      'bad-config',
      'The engine http needs an address: add --endpoint, such as --endpoint http://127.0.0.1:8000/v1.',
    );
  }
  return plan;
}

/** What a plan's model of a role must have been fine-tuned for. */
export function modelRoleOf({ counterpart }: SimulationPlan, role: Role): ModelRole {
  return counterpart ? 'both' : role;
}

/** The model that a role's engine loads; `null`: the one that ships for the seat. */
export function modelNameOf({ seats, generator }: SimulationPlan, role: Role): string | null {
  return role === 'recommender' && generator !== null ? generator : seats[role];
}

/** Flags that only a model in the seat can follow. */
function checkModelFlags({ ranker, tutor, seats }: SimulationPlan): void {
  const idle =
    ranker !== null && isControl('recommender', seats.recommender)
      ? '--ranker orders the candidates of a model'
      : tutor && isControl('user', seats.user)
        ? '--tutor holds the grammar of a model'
        : null;
  if (idle === null) return;
  throw new LabError('bad-config', `${idle}, and that seat has none. Leave one of the two out.`);
}

function checkGenerator({ generator, seats }: SimulationPlan): void {
  if (generator === null || isModular(seats.recommender)) return;
  throw new LabError(
    'bad-config',
    '--generator speaks for a modular recommender: add --recommender modular or modular-graph.',
  );
}

/** Flags that speak of two seats or of a ranker: the counterpart has neither. */
const pairFlags = [
  ...['user', 'recommender', 'generator', 'user-engine', 'recommender-engine'],
  ...['candidates', 'ranker', 'tutor'],
];

function checkCounterpartFlags(given: Given): void {
  const found = pairFlags.find((name) => given[name] !== undefined);
  if (found === undefined) return;
  throw new LabError(
    'bad-config',
    `--counterpart puts one model in both seats, with the whole catalogue on offer, so --${found} has no meaning there. ` +
      'Leave one of them out; --model names the counterpart.',
  );
}

function optionalNumber(given: Given, name: string): number | null {
  if (textOf(given, name) === undefined) return null;
  return numberOf(given, name, 1, { least: 1, most: 64 });
}

function domainOf(given: Given): string {
  const domain = textOf(given, 'domain') ?? 'movies';
  if (!/^[a-z0-9][a-z0-9-]*$/.test(domain)) {
    throw new LabError('bad-config', `--domain must be the name of a domain, not "${domain}".`);
  }
  return domain;
}

function configOf(given: Given): DialogueConfig {
  const { maxTurns, sampling, candidates, redraws } = defaultConfig;
  const { temperature, maxTokens } = sampling.user;
  const changed = {
    temperature: numberOf(given, 'temperature', temperature, { least: 0, most: 2, whole: false }),
    maxTokens: numberOf(given, 'max-tokens', maxTokens, { least: 8, most: 1024 }),
  };
  return {
    ...defaultConfig,
    maxTurns: numberOf(given, 'max-turns', maxTurns, { least: 1, most: 1000 }),
    sampling: {
      user: { ...sampling.user, ...changed },
      recommender: { ...sampling.recommender, ...changed },
    },
    candidates:
      textOf(given, 'candidates') === 'all' || given['counterpart'] === true
        ? null
        : numberOf(given, 'candidates', candidates ?? 3, { least: 1 }),
    redraws: numberOf(given, 'redraws', redraws ?? 0, { least: 0, most: 100 }),
    constrained: given['unconstrained'] !== true,
    trace: given['trace'] === true,
  };
}

function endpointOf(given: Given, env: NodeJS.ProcessEnv): EndpointPlan {
  const url = textOf(given, 'endpoint') ?? null;
  if (url !== null && !/^https?:\/\/\S+$/.test(url)) {
    throw new LabError('bad-config', `--endpoint must be an http address, not "${url}".`);
  }
  const variable = textOf(given, 'api-key-env');
  const apiKey = variable === undefined ? null : (env[variable] ?? '');
  if (apiKey === '') {
    throw new LabError(
      'bad-config',
      `--api-key-env names ${variable ?? ''}, which is not set. Set it to the key and try again.`,
    );
  }
  return {
    url,
    model: textOf(given, 'endpoint-model') ?? null,
    apiKey,
    grammarField: choiceOf(given, 'grammar-field', 'none', grammarFields),
  };
}
