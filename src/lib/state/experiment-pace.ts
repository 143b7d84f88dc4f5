import type { Role } from '../contracts/action';
import type { Dialogue } from '../contracts/dialogue';
import type { LabStore } from '../store/index';
import type { PlannedRun } from '../dialogue/experiment-plan';

/** Seconds that a model in a seat took for its turns of a dialogue, on the mean of the latest ones that were measured. */
export type Paces = Readonly<Record<Role, ReadonlyMap<string, number>>>;

/** Dialogues of one model that are looked at: a machine may become faster or slower. */
const latest = 8;
/** Scripts and rankers: what storing their turns takes. */
const scripted = 0.05;

type PaceStore = Pick<LabStore, 'findDialogues' | 'getDialogue'>;

/** What stored dialogues say of how long models take in this browser. @param models ids, by seat */
export async function measuredPaces(
  store: PaceStore,
  models: Readonly<Record<Role, readonly string[]>>,
): Promise<Paces> {
  const of = async (role: Role) => {
    const found = new Map<string, number>();
    for (const model of new Set(models[role])) {
      const ids = await store.findDialogues({ model: `${role}.${model}` });
      const seconds: number[] = [];
      for (const id of ids) {
        if (seconds.length === latest) break;
        const spent = secondsOf(await store.getDialogue(id), role);
        if (spent !== null) seconds.push(spent);
      }
      if (seconds.length > 0) {
        found.set(model, seconds.reduce((sum, one) => sum + one, 0) / seconds.length);
      }
    }
    return found;
  };
  return { user: await of('user'), recommender: await of('recommender') };
}

/** `null` for what came from another machine or was never finished. */
function secondsOf(dialogue: Dialogue | null, role: Role): number | null {
  const engine = dialogue?.models[role].engine;
  if (!dialogue?.outcome || (engine !== 'wasm' && engine !== 'webgpu')) return null;
  const own = dialogue.turns.filter((turn) => turn.role === role);
  const ms = own.reduce((sum, turn) => sum + turn.ms.total, 0);
  return ms > 0 ? ms / 1000 : null;
}

/** The models of some runs, by seat. */
export function modelsOf(runs: readonly PlannedRun[]): Record<Role, string[]> {
  const of = (role: Role) => [...new Set(runs.flatMap(({ seats }) => seats[role].model ?? []))];
  return { user: of('user'), recommender: of('recommender') };
}

/** Seconds that a run will take by those paces; `null` where one of its models was never measured here. */
export function secondsOfRun({ seats, profileIds }: PlannedRun, paces: Paces): number | null {
  const of = (role: Role): number | null => {
    const { model } = seats[role];
    return model === null ? scripted : (paces[role].get(model) ?? null);
  };
  const [user, recommender] = [of('user'), of('recommender')];
  return user === null || recommender === null ? null : (user + recommender) * profileIds.length;
}
