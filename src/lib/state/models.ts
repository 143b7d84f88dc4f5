import type { Role } from '../contracts/action';
import { LabError } from '../contracts/errors';
import { parseModelIndex, type ListedModel } from '../engine/model-index';
import { defaultModel, fitsSeat } from '../engine/model-seats';
import { fetchJson } from './fetch-file';

/** A model that this site has. */
export interface ModelEntry extends Pick<ListedModel, 'id' | 'title' | 'bytes' | 'role'> {
  /** Absolute address of its manifest. */
  location: string;
  /** Absolute address of its card; `null`: it has none. */
  card: string | null;
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
  }));
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
