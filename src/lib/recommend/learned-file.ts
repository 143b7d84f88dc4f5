import { LabError } from '../contracts';
import { bagTables, type BagTable } from './bag';

/** Vectors by key. */
export interface Vectors {
  /** The vector's place among the vectors; absent where the key has none. */
  places: ReadonlyMap<string, number>;
  /** One after another. */
  values: Float32Array;
}

/** What a ranker has learned: a file of `models/ranker`, read. */
export interface LearnedRanking {
  domain: string;
  /** Names what was learned; another fit has another. */
  version: string;
  dimensions: number;
  /** What each thing that is said contributes to a conversation's vector. */
  inputs: Readonly<Record<BagTable, Vectors>>;
  /** The items' own vectors. */
  items: Vectors;
  /** By the same places: how much likelier an item is recommended than named. */
  biases: Float32Array;
}

function fail(problem: string): never {
  throw new LabError(
    'catalogue-invalid',
    `The learned ranker of this domain cannot be used: ${problem}. Make the file again (models/ranker), or take it ` +
      'out of domains/index.json.',
  );
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  return fail(`${what} is no object`);
}

function numberOf(value: unknown, what: string): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : fail(`${what} must be a number`);
}

/** Whole steps times their size. */
function stepsOf(value: unknown, step: number, length: number, what: string): Float32Array {
  if (!Array.isArray(value) || value.length !== length) {
    fail(`${what} must be ${String(length)} numbers`);
  }
  return Float32Array.from(value, (entry: unknown) => numberOf(entry, what) * step);
}

function vectorsOf(value: unknown, dimensions: number, what: string): Vectors {
  const { keys, step, values } = objectOf(value, what);
  if (!Array.isArray(keys)) fail(`${what} has no keys`);
  const places = new Map(keys.map((key, place) => [String(key), place]));
  if (places.size !== keys.length) fail(`${what} has a key twice`);
  return {
    places,
    values: stepsOf(values, numberOf(step, what), keys.length * dimensions, what),
  };
}

/** What a ranker has learned, from parsed JSON. Errors: `catalogue-invalid`, also for another domain's file. */
export function parseLearnedRanking(json: unknown, domain: string): LearnedRanking {
  const file = objectOf(json, 'it');
  if (file['schemaVersion'] !== 1) fail('schemaVersion must be 1');
  if (file['domain'] !== domain) fail(`it is of the domain "${String(file['domain'])}"`);
  const { version } = file;
  if (typeof version !== 'string' || !/^[0-9a-f]{12}$/.test(version)) {
    fail('version must be twelve hexadecimal digits');
  }
  const dimensions = numberOf(file['dimensions'], 'dimensions');
  if (!Number.isInteger(dimensions) || dimensions < 1) fail('dimensions must be 1 or more');
  const inputs = objectOf(file['inputs'], 'inputs');
  const items = vectorsOf(file['items'], dimensions, 'items');
  const [heard, offered, attributes, words] = bagTables.map((table) =>
    vectorsOf(inputs[table], dimensions, `inputs.${table}`),
  ) as [Vectors, Vectors, Vectors, Vectors];
  const biases = objectOf(file['biases'], 'biases');
  const step = numberOf(biases['step'], 'biases');
  return {
    domain,
    version,
    dimensions,
    inputs: { heard, offered, attributes, words },
    items,
    biases: stepsOf(biases['values'], step, items.places.size, 'biases'),
  };
}
