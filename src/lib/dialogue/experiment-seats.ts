import type { Role } from '../contracts/action';
import type { ModelRole } from '../contracts/engine';
import { isAbort, LabError } from '../contracts/errors';
import {
  recommenderControls,
  userControls,
  type ExperimentSystem,
  type SeatWish,
  type TakenSeat,
} from '../contracts/experiment';
import { checkSeat, shippedModels, type SeatedModel } from '../engine/model-seats';

/** Models that stand for `shipped` and `zero-shot`, where they shall be others. */
export type StandIns = Partial<Record<ModelRole | 'zero-shot', string>>;

/** The models that there are; `open` where any name may be one (a path, an endpoint's, the scripted engine's). */
export interface ModelsAtHand {
  models: readonly SeatedModel[];
  standIns?: StandIns;
  open?: boolean;
}

export interface TakenSeats {
  user: TakenSeat;
  recommender: TakenSeat;
  /** One model in both seats, which is handed the targets. */
  counterpart: boolean;
}

const roleTitles: Readonly<Record<ModelRole, string>> = {
  user: 'user simulator',
  recommender: 'recommender',
  both: 'counterpart',
};

/** The model that a wish names, for a seat. Errors: `model-missing`, `model-incompatible`, in words for a report. */
function modelOf(wish: string, seat: ModelRole, { models, standIns, open }: ModelsAtHand): string {
  const isStandIn = wish === 'shipped' || wish === 'zero-shot';
  const given = wish === 'shipped' ? standIns?.[seat] : isStandIn ? standIns?.['zero-shot'] : wish;
  if (wish === 'shipped' && given === undefined) {
    const tuned = models.filter(({ role }) => role === seat);
    const found = tuned.find(({ id }) => id === shippedModels[seat]) ?? tuned[0];
    if (found) return found.id;
    if (open === true) return shippedModels[seat];
    throw new LabError(
      'model-missing',
      `Its ${roleTitles[seat]}, ${shippedModels[seat]}, does not ship yet.`,
    );
  }
  if (wish === 'zero-shot' && given === undefined) {
    const found = models.find(({ role }) => role === null || role === undefined);
    if (found) return found.id;
    throw new LabError('model-missing', 'There is no model without fine-tuning here.');
  }
  const id = given ?? wish;
  const found = models.find((model) => model.id === id);
  if (found) checkSeat(found, seat);
  else if (open !== true) throw new LabError('model-missing', `There is no model "${id}" here.`);
  return id;
}

const known = (role: Role): readonly string[] =>
  role === 'user' ? userControls : recommenderControls;

/** Wish and what stands after a colon. */
function parts(wish: SeatWish): [head: string, model: string | null] {
  const match = /^(counterpart|modular|modular-graph):(.+)$/.exec(wish);
  return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : [wish, null];
}

function seatOf(role: Role, wish: SeatWish, at: ModelsAtHand): TakenSeat {
  const [head, model] = parts(wish);
  if (head === 'counterpart') {
    return { name: 'counterpart', model: modelOf(model ?? 'shipped', 'both', at) };
  }
  if (known(role).includes(head)) {
    return { name: head, model: model === null ? null : modelOf(model, role, at) };
  }
  return { name: 'model', model: modelOf(wish, role, at) };
}

/**
 * Who sits in a system's seats with the models that there are.
 *
 * Errors, as sentences for a report: `model-missing`, `model-incompatible`, `bad-config` for a counterpart in one seat only.
 */
export function takenSeats({ user, recommender }: ExperimentSystem, at: ModelsAtHand): TakenSeats {
  const counterpart = parts(user)[0] === 'counterpart';
  if (
    counterpart !== (parts(recommender)[0] === 'counterpart') ||
    (counterpart && user !== recommender)
  ) {
    throw new LabError('bad-config', 'A counterpart takes both seats: name the same one in each.');
  }
  return {
    user: seatOf('user', user, at),
    recommender: seatOf('recommender', recommender, at),
    counterpart,
  };
}

/** The same, or why the system must be left out. */
export function trySeats(system: ExperimentSystem, at: ModelsAtHand): TakenSeats | string {
  try {
    return takenSeats(system, at);
  } catch (reason) {
    if (!(reason instanceof LabError) || isAbort(reason)) throw reason;
    return reason.message;
  }
}
