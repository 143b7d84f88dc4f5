import type { Role } from '../contracts/action';
import { LabError } from '../contracts/errors';
import { parseModelIndex, type ListedModel } from '../engine/model-index';
import { defaultModel, fitsSeat } from '../engine/model-seats';
import type { ShelvedModel } from '../engine/files/shelf';
import { fetchJson } from './fetch-file';

/** A model that this page has. */
export interface ModelEntry extends Pick<ListedModel, 'id' | 'title' | 'bytes' | 'role'> {
  /** Absolute address of its manifest. */
  location: string;
  /** Absolute address of its card; `null`: it has none. */
  card: string | null;
  /** By the visitor, to this browser. */
  added: boolean;
}

/** The models of `models/index.json`. Errors: `model-missing`, `model-corrupt`. */
export async function listModels(root: string): Promise<readonly ModelEntry[]> {
  const folder = new URL('models/', root);
  const listed = parseModelIndex(
    await fetchJson(new URL('index.json', folder).href, 'model-missing'),
  );
  if (listed.length === 0) {
    throw new LabError('model-missing', 'This site has no model. Build one, then reload the page.');
  }
  return listed.map(({ id, title, bytes, role, manifest, card }) => ({
    id,
    title,
    bytes,
    role,
    location: new URL(manifest, folder).href,
    card: card === null ? null : new URL(card, folder).href,
    added: false,
  }));
}

/** A model that the visitor added. */
export function addedEntry({ manifest, location, card }: ShelvedModel): ModelEntry {
  const { id, title, role = null, files } = manifest;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { id, title, role, bytes, location, card, added: true };
}

/** The models that may sit in a seat. */
export function modelsOfSeat(models: readonly ModelEntry[], seat: Role): readonly ModelEntry[] {
  return models.filter((model) => fitsSeat(model, seat));
}

/** The model that was chosen for a seat, or its default when that one is not here; `null` when none fits. */
export function seatModel(
  models: readonly ModelEntry[],
  seat: Role,
  chosen: string | null,
): ModelEntry | null {
  const fitting = modelsOfSeat(models, seat);
  if (fitting.length === 0) return null;
  return fitting.find(({ id }) => id === chosen) ?? defaultModel(fitting, seat);
}

/** The counterpart that was chosen, or its default; `null` when none is here: a zero-shot model is never taken for it. */
export function counterpartModel(
  models: readonly ModelEntry[],
  chosen: string | null,
): ModelEntry | null {
  const fitting = counterpartModels(models);
  if (fitting.length === 0) return null;
  return fitting.find(({ id }) => id === chosen) ?? defaultModel(fitting, 'both');
}

/** The models that write both sides of a dialogue from its targets. */
export function counterpartModels(models: readonly ModelEntry[]): readonly ModelEntry[] {
  return models.filter(({ role }) => role === 'both');
}

export function counterpartMissing(): LabError {
  return new LabError(
    'model-missing',
    'The counterpart is not here: this site ships no model that was fine-tuned to write both sides (role "both"). ' +
      'Add one on the Models page, or choose another recommender.',
  );
}
