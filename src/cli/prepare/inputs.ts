import { readFile } from 'node:fs/promises';
import { LabError } from '../../lib/contracts/errors';
import { createCatalogue, type Catalogue } from '../../lib/domain/catalogue';
import { parsePack } from '../../lib/domain/pack';
import { textOf, type Given } from '../options';

/** The text of a file. Errors: `bad-input`. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (reason) {
    throw new LabError('bad-input', `Cannot read ${path}.`, String(reason));
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text) as unknown;
  } catch (reason) {
    throw new LabError('bad-input', `${path} is not JSON.`, String(reason));
  }
}

export async function readCatalogue(path: string): Promise<Catalogue> {
  return createCatalogue(parsePack(await readJson(path)));
}

/**
 * The catalogue's id of a film that has several in the source, from the `merged.json` beside the catalogue; without a
 * path every id stands for itself. Errors: `bad-input`.
 */
export async function readKeptIds(path: string | undefined): Promise<(id: string) => string> {
  if (path === undefined) return (id) => id;
  const value = await readJson(path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LabError('bad-input', `${path} must map ids to ids.`);
  }
  const kept = new Map(Object.entries(value).map(([id, other]) => [id, String(other)]));
  return (id) => kept.get(id) ?? id;
}

/** The text of a flag that must be given. Errors: `bad-config`. */
export function required(given: Given, name: string): string {
  const text = textOf(given, name);
  if (text === undefined) throw new LabError('bad-config', `--${name} is required. See --help.`);
  return text;
}
