import { modelRoles, type ModelRole } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import { isObject } from './manifest';

/** A model as `models/index.json` lists it. */
export interface ListedModel {
  id: string;
  title: string;
  /** Its manifest, relative to the index. */
  manifest: string;
  /** Bytes of all its files, the WebGPU library apart. */
  bytes: number;
  /** The seat it was fine-tuned for; `null`: none, it is used zero-shot. */
  role: ModelRole | null;
  /** Its model card, relative to the index. */
  card: string | null;
}

/** The models of `models/index.json`; an empty list is one. Errors: `model-corrupt`. */
export function parseModelIndex(json: unknown): readonly ListedModel[] {
  const models = isObject(json) ? json['models'] : undefined;
  if (!Array.isArray(models)) throw damaged('"models" must be a list');
  return models.map((entry: unknown, i) => {
    const where = `"models[${String(i)}]"`;
    if (!isObject(entry)) throw damaged(`${where} must be an object`);
    const { id, title, manifest, bytes, role = null, card = null } = entry;
    if (typeof id !== 'string' || typeof title !== 'string' || typeof manifest !== 'string')
      throw damaged(`${where} must have id, title and manifest`);
    if (typeof bytes !== 'number' || !(bytes > 0)) throw damaged(`${where} must have its bytes`);
    if (card !== null && typeof card !== 'string') throw damaged(`${where}: "card" must be text`);
    const known = modelRoles.find((each) => each === role) ?? null;
    if (known !== role) throw damaged(`${where}: "role" must be ${modelRoles.join(', ')}`);
    return { id, title, manifest, bytes, role: known, card };
  });
}

function damaged(detail: string): LabError {
  return new LabError(
    'model-corrupt',
    'The list of models (models/index.json) is damaged. Build the models again, or get the file again.',
    detail,
  );
}
