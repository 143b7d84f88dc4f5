import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ModelRef } from '../../../src/lib/contracts/engine';

/** A model that a bar measures. */
export interface PairModel extends ModelRef {
  /** As the simulate command names it: an id in the browser, a path where it has none. */
  name: string;
  /** Of weights and tokenizer, or of a GGUF file's path. */
  hash: string;
}

/** A model of static/models by id, or any other by its folder, manifest or GGUF file. */
export function pairModel(root: string, name: string): PairModel {
  const installed = join(root, 'static', 'models', name);
  const path = existsSync(installed) ? installed : resolve(root, name);
  if (!existsSync(path)) {
    throw new Error(`There is no model ${name}: it is neither in static/models nor a path.`);
  }
  const location = statSync(path).isDirectory() ? join(path, 'manifest.json') : path;
  if (!existsSync(location)) throw new Error(`There is no manifest.json in ${path}.`);
  if (location.endsWith('.gguf')) {
    return { id: basename(location), location, name: location, hash: location };
  }
  const { id, hash } = JSON.parse(readFileSync(location, 'utf8')) as { id: string; hash: string };
  return { id, location, name: isListed(root, name) ? name : location, hash };
}

/** Whether the commands know a model by its id. */
function isListed(root: string, id: string): boolean {
  const index = join(root, 'static', 'models', 'index.json');
  if (!existsSync(index)) return false;
  const { models } = JSON.parse(readFileSync(index, 'utf8')) as { models: { id: string }[] };
  return models.some((model) => model.id === id);
}
