import type { ModelRole } from '../contracts/engine';
import { LabError } from '../contracts/errors';

/** What a model must tell before it is given a seat. */
export interface SeatedModel {
  id: string;
  /** The seat it was fine-tuned for; `null` or absent: none, it is used zero-shot. */
  role?: ModelRole | null;
}

/** What ships, by the seat it takes; `both` is the counterpart, which takes the two. */
export const shippedModels: Readonly<Record<ModelRole, string>> = {
  user: 'interplay-user-135m',
  recommender: 'interplay-recommender-135m',
  both: 'interplay-counterpart-135m',
};

const seatNames: Readonly<Record<ModelRole, string>> = {
  user: 'user simulator',
  recommender: 'recommender',
  both: 'counterpart, which writes both sides',
};

const tunedAs: Readonly<Record<ModelRole, string>> = {
  user: 'was fine-tuned as the user simulator',
  recommender: 'was fine-tuned as the recommender',
  both: 'writes both sides of a dialogue itself, from its targets',
};

/** Whether a model may sit there: one of that role, or one of none. */
export function fitsSeat({ role }: SeatedModel, seat: ModelRole): boolean {
  return role === seat || role === null || role === undefined;
}

/** Refuses a model that was fine-tuned for another seat. Error: `model-incompatible`. */
export function checkSeat(model: SeatedModel, seat: ModelRole): void {
  if (fitsSeat(model, seat) || !model.role) return;
  const what = tunedAs[model.role];
  throw new LabError(
    'model-incompatible',
    `The model ${model.id} ${what}: it cannot be the ${seatNames[seat]}. Choose a model of that seat, or one that is used zero-shot.`,
  );
}

/**
 * The model of a seat for whoever chose none: the shipped pair's, else the first that was fine-tuned for it, else the
 * first zero-shot one, which is never taken for the counterpart. Error: `model-missing` when none fits.
 */
export function defaultModel<T extends SeatedModel>(models: readonly T[], seat: ModelRole): T {
  const fitting = models.filter((model) => fitsSeat(model, seat));
  const found =
    fitting.find(({ id }) => id === shippedModels[seat]) ??
    fitting.find(({ role }) => role === seat) ??
    (seat === 'both' ? undefined : fitting[0]);
  if (found) return found;
  throw new LabError(
    'model-missing',
    `There is no model for the ${seatNames[seat]}. Add one, or build one as models/README.md says.`,
  );
}
