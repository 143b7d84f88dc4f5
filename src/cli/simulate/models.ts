import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelRole } from '../../lib/contracts/engine';
import { LabError } from '../../lib/contracts/errors';
import { parseModelIndex, type ListedModel } from '../../lib/engine/model-index';
import { checkSeat, defaultModel } from '../../lib/engine/model-seats';

/** The models that static/models/index.json lists. Errors: `model-missing` when there is none, `model-corrupt`. */
export function installedModels(root: string): readonly ListedModel[] {
  const index = join(root, 'static', 'models', 'index.json');
  const models = existsSync(index) ? parseModelIndex(readJson(index)) : [];
  if (models.length === 0) {
    throw new LabError(
      'model-missing',
      'There is no model in static/models. Get the repository again with its large files, or build one as models/README.md says.',
    );
  }
  return models;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (reason) {
    const words = reason instanceof Error ? reason.message : String(reason);
    throw new LabError('model-corrupt', `${path} is no JSON. Get the file again.`, words);
  }
}

/**
 * The model for a seat: by id, or for `null` the seat's own. Errors: `model-missing`, `model-incompatible` for a model
 * of another seat.
 */
export function findModel(root: string, id: string | null, seat: ModelRole): ListedModel {
  const models = installedModels(root);
  if (id === null) return defaultModel(models, seat);
  const found = models.find((model) => model.id === id);
  if (found === undefined) {
    throw new LabError(
      'model-missing',
      `There is no model "${id}". There are: ${models.map((model) => model.id).join(', ')}.`,
    );
  }
  checkSeat(found, seat);
  return found;
}
