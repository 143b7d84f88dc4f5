import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../lib/contracts/errors';

/** A model of this installation. */
export interface InstalledModel {
  id: string;
  /** Manifest, relative to static/models. */
  manifest: string;
}

/** The models that static/models/index.json lists. Error: `model-missing` when there is none. */
export function installedModels(root: string): readonly InstalledModel[] {
  const index = join(root, 'static', 'models', 'index.json');
  const { models } = existsSync(index)
    ? (JSON.parse(readFileSync(index, 'utf8')) as { models: InstalledModel[] })
    : { models: [] };
  if (models.length === 0) {
    throw new LabError(
      'model-missing',
      'There is no model in static/models. Get the repository again with its large files, or build one as models/README.md says.',
    );
  }
  return models;
}

/** An installed model by id; the first one for `null`. Error: `model-missing`. */
export function findModel(root: string, id: string | null): InstalledModel {
  const models = installedModels(root);
  const found = id === null ? models[0] : models.find((model) => model.id === id);
  if (found !== undefined) return found;
  throw new LabError(
    'model-missing',
    `There is no model "${id ?? ''}". There are: ${models.map((model) => model.id).join(', ')}.`,
  );
}
