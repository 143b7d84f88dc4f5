import { engineKinds, type EngineKind } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import type {
  Experiment,
  ExperimentSetting,
  ExperimentSystem,
  ExperimentTable,
} from '../contracts/experiment';

type Json = Readonly<Record<string, unknown>>;

const name = /^[a-z0-9][a-z0-9-]{0,63}$/;
const largestSeed = 2 ** 31 - 2;

function fail(where: string, problem: string): never {
  throw new LabError('bad-config', `The experiment cannot be used: ${where} ${problem}.`);
}

function object(value: unknown, where: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  return fail(where, 'must be an object');
}

function list(json: Json, key: string): readonly unknown[] {
  const value = json[key];
  return Array.isArray(value) && value.length > 0
    ? (value as unknown[])
    : fail(`"${key}"`, 'must be a list that is not empty');
}

function text(json: Json, key: string, where: string, fallback?: string): string {
  const value = json[key] ?? fallback;
  return typeof value === 'string' && value.trim() !== '' && value.length <= 1000
    ? value
    : fail(`${where}"${key}"`, 'must be a text');
}

function id(json: Json, where: string): string {
  const value = text(json, 'id', where);
  return name.test(value)
    ? value
    : fail(`${where}"id"`, 'must be of lower-case letters, digits and hyphens');
}

function number(value: unknown, where: string, least: number, most: number, whole = true): number {
  const isOne = typeof value === 'number' && value >= least && value <= most;
  if (isOne && (!whole || Number.isInteger(value))) return value;
  return fail(
    where,
    `must be a ${whole ? 'whole ' : ''}number from ${String(least)} to ${String(most)}`,
  );
}

function distinct(ids: readonly string[], where: string): void {
  const twice = ids.find((one, i) => ids.indexOf(one) !== i);
  if (twice !== undefined) fail(where, `names "${twice}" twice`);
}

function known(json: Json, keys: readonly string[], where: string): void {
  const other = Object.keys(json).find((key) => !keys.includes(key));
  if (other !== undefined) fail(`${where}"${other}"`, `is unknown; there are ${keys.join(', ')}`);
}

function systemOf(value: unknown, i: number): ExperimentSystem {
  const where = `systems[${String(i)}]: `;
  const json = object(value, where);
  known(json, ['id', 'title', 'user', 'recommender', 'engines'], where);
  const own = id(json, where);
  return {
    id: own,
    title: text(json, 'title', where, own),
    user: text(json, 'user', where),
    recommender: text(json, 'recommender', where),
    ...(json['engines'] === undefined ? {} : { engines: enginesOf(json['engines'], where) }),
  };
}

function enginesOf(value: unknown, where: string): NonNullable<ExperimentSystem['engines']> {
  const json = object(value, `${where}"engines"`);
  known(json, ['user', 'recommender'], `${where}"engines": `);
  const kind = (role: string): EngineKind | undefined => {
    if (json[role] === undefined) return undefined;
    const found = engineKinds.find((one) => one === json[role]);
    return found ?? fail(`${where}"engines"`, `must be of ${engineKinds.join(', ')}`);
  };
  const [user, recommender] = [kind('user'), kind('recommender')];
  return { ...(user && { user }), ...(recommender && { recommender }) };
}

function settingOf(value: unknown, i: number): ExperimentSetting {
  const where = `settings[${String(i)}]: `;
  const json = object(value, where);
  known(json, ['id', 'title', 'candidates', 'temperature', 'maxTurns', 'anonymity'], where);
  const own = id(json, where);
  const { candidates, temperature, maxTurns, anonymity } = json;
  const range = (): readonly [number, number] => {
    const ends: readonly unknown[] = Array.isArray(anonymity) ? anonymity : [];
    const [least, most] = ends.map((end) => number(end, `${where}"anonymity"`, 0, 1_000_000));
    if (ends.length !== 2 || least === undefined || most === undefined || least > most) {
      return fail(`${where}"anonymity"`, 'must be two numbers, the lesser first');
    }
    return [least, most];
  };
  return {
    id: own,
    title: text(json, 'title', where, own),
    ...(candidates === undefined
      ? {}
      : {
          candidates:
            candidates === null ? null : number(candidates, `${where}"candidates"`, 1, 100_000),
        }),
    ...(temperature === undefined
      ? {}
      : { temperature: number(temperature, `${where}"temperature"`, 0, 2, false) }),
    ...(maxTurns === undefined
      ? {}
      : { maxTurns: number(maxTurns, `${where}"maxTurns"`, 1, 1000) }),
    ...(anonymity === undefined ? {} : { anonymity: range() }),
  };
}

function tableOf(value: unknown, i: number, systems: readonly string[]): ExperimentTable {
  const where = `tables[${String(i)}]: `;
  const json = object(value, where);
  known(json, ['id', 'title', 'question', 'systems', 'metrics'], where);
  const own = id(json, where);
  const names = (key: string) =>
    list(json, key).map((one) =>
      typeof one === 'string' ? one : fail(`${where}"${key}"`, 'must be names'),
    );
  const chosen = names('systems');
  const stranger = chosen.find((one) => !systems.includes(one));
  if (stranger !== undefined) fail(where, `names a system "${stranger}" that there is not`);
  return {
    id: own,
    title: text(json, 'title', where, own),
    question: text(json, 'question', where, '-'),
    systems: chosen,
    metrics: names('metrics'),
  };
}

/**
 * An experiment from parsed JSON; what a short file leaves out is as usual, and without tables all systems stand in one.
 * Errors: `bad-config`, saying where.
 */
export function readExperiment(value: unknown): Experiment {
  const json = object(value, 'it');
  known(
    json,
    [
      ...['schemaVersion', 'id', 'title', 'about', 'domain', 'dialogues', 'seeds'],
      ...['systems', 'settings', 'tables', 'trace', 'scripted'],
    ],
    '',
  );
  if ((json['schemaVersion'] ?? 1) !== 1) fail('"schemaVersion"', 'must be 1');
  const own = id(json, '');
  const systems = list(json, 'systems').map(systemOf);
  const settings = (
    json['settings'] === undefined ? [{ id: 'usual' }] : list(json, 'settings')
  ).map(settingOf);
  const ids = systems.map((one) => one.id);
  distinct(ids, '"systems"');
  distinct(
    settings.map((one) => one.id),
    '"settings"',
  );
  const seeds = (json['seeds'] === undefined ? [1] : list(json, 'seeds')).map((seed) =>
    number(seed, '"seeds"', 0, largestSeed),
  );
  distinct(seeds.map(String), '"seeds"');
  const domain = text(json, 'domain', '', 'movies');
  if (!/^[a-z0-9][a-z0-9-]*$/.test(domain)) fail('"domain"', 'must be the name of a domain');
  const tables = json['tables'] === undefined ? [] : list(json, 'tables');
  return {
    schemaVersion: 1,
    id: own,
    title: text(json, 'title', '', own),
    about: text(json, 'about', '', '-'),
    domain,
    dialogues: number(json['dialogues'] ?? 100, '"dialogues"', 1, 100_000),
    seeds,
    systems,
    settings,
    tables:
      tables.length > 0
        ? tables.map((table, i) => tableOf(table, i, ids))
        : [{ id: 'all', title: 'All systems', question: '-', systems: ids, metrics: usualMetrics }],
    trace: json['trace'] === true,
    ...(json['scripted'] === true ? { scripted: true } : {}),
  };
}

const usualMetrics: readonly string[] = [
  'raw-success',
  'verified-success',
  'false-accept-rate',
  'discrimination',
  'exchanges-median',
  'recall@1-first-macro',
  'match-score',
  'reply-leak',
];
