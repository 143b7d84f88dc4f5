import { readFileSync } from 'node:fs';

const folder = new URL('../../static/models/', import.meta.url);

/**
 * The models that ship, by static/models/index.json; of a seat: those that may sit there. Tests and measurements take
 * whatever there is.
 * @param {'user' | 'recommender'} [seat]
 * @returns {{ id: string, manifest: string, manifestFile: URL, tokenizer: URL }[]}
 */
export function shippedModels(seat) {
  /** @type {{ models: { id: string, manifest: string, role?: string }[] }} */
  const { models } = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'));
  return models
    .filter(({ role }) => seat === undefined || role === undefined || role === seat)
    .map(({ id, manifest }) => {
      const manifestFile = new URL(manifest, folder);
      const tokenizer = new URL('resolve/main/tokenizer.json', manifestFile);
      return { id, manifest, manifestFile, tokenizer };
    });
}

/** The first of them. @param {'user' | 'recommender'} [seat] */
export function shippedModel(seat) {
  const [model] = shippedModels(seat);
  if (model) return model;
  throw new Error('static/models/index.json lists no model for this seat.');
}
