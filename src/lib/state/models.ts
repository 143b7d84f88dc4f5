import { LabError } from '../contracts/errors';
import { fetchJson } from './fetch-file';

/** A model that this site has. */
export interface ModelEntry {
  id: string;
  title: string;
  /** Absolute address of its manifest. */
  location: string;
  /** Bytes of all its files. */
  bytes: number;
  /** Its seat if it was fine-tuned for one. */
  role: 'user' | 'recommender' | null;
}

interface IndexFile {
  models: readonly {
    id: string;
    title: string;
    manifest: string;
    bytes: number;
    role?: 'user' | 'recommender';
  }[];
}

/** The models of `models/index.json`. Errors: `model-missing`. */
export async function listModels(root: string): Promise<readonly ModelEntry[]> {
  const folder = new URL('models/', root);
  const file = (await fetchJson(new URL('index.json', folder).href, 'model-missing')) as IndexFile;
  const models = Array.isArray(file.models) ? file.models : [];
  if (models.length === 0) {
    throw new LabError('model-missing', 'This site has no model. Build one, then reload the page.');
  }
  return models.map(({ id, title, manifest, bytes, role }) => ({
    id,
    title,
    bytes,
    role: role ?? null,
    location: new URL(manifest, folder).href,
  }));
}
