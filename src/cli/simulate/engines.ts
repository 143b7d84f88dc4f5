import type { Role } from '../../lib/contracts/action';
import type { ChatEngine, EngineKind, ModelRef } from '../../lib/contracts/engine';
import { LabError } from '../../lib/contracts/errors';
import { chooseEngine } from '../../lib/engine/choose';
import { openLabPage, type LabPage } from '../browser/lab-page';
import { createPageEngine } from '../browser/page-engine';
import { createNodeEngine, isNodeKind } from './node-engines';
import { findModel } from './models';
import { modelNameOf, modelRoleOf, type EngineChoice, type SimulationPlan } from './plan';
import { isControl } from './seats';

/** The engines of a run, loaded. */
export interface RunEngines {
  engines: Partial<Record<Role, ChatEngine>>;
  /** How many dialogues can be in flight. */
  slots: number;
  /** Which engine was chosen, and why; one line a fact. */
  why: readonly string[];
  close(): Promise<void>;
}

export interface EngineDeps {
  plan: SimulationPlan;
  root: string;
  /** Called before the page is needed; false when it could not be built. */
  buildSite: () => boolean;
  onStage: (text: string) => void;
  signal: AbortSignal;
}

const roles: readonly Role[] = ['user', 'recommender'];
const inBrowser: readonly EngineChoice[] = ['auto', 'webgpu', 'wasm'];

/**
 * Loads the model of each seat that is no control; the counterpart's, for both, as the user's. Errors: `browser-missing`, `bad-config`, those of
 * `ChatEngine.load`, and an abort.
 */
export async function loadEngines(deps: EngineDeps): Promise<RunEngines> {
  const { plan, signal } = deps;
  const seated = seatedRoles(plan);
  const needsPage = seated.some((role) => inBrowser.includes(plan.engines[role]));
  const lab = needsPage ? await openPage(deps) : null;
  const engines: Partial<Record<Role, ChatEngine>> = {};
  const why: string[] = [];
  const close = async () => {
    for (const engine of Object.values(engines)) if (!isInPage(engine)) await engine.unload();
    // Closing the page ends its workers.
    await lab?.close();
  };
  try {
    const auto = await resolveAuto(plan, seated, lab);
    if (auto !== null) why.push(auto.why);
    for (const role of seated) {
      signal.throwIfAborted();
      const asked = plan.engines[role];
      const kind = asked === 'auto' ? (auto?.kind ?? 'wasm') : asked;
      const { engine, model } = createEngine(deps, role, kind, lab);
      engines[role] = engine;
      const place = plan.counterpart ? 'both seats' : `the ${role}`;
      deps.onStage(`Loading ${model.id} for ${place} on ${kind} ...`);
      const info = await engine.load(model, undefined, signal);
      why.push(
        `${plan.counterpart ? 'counterpart' : role}: ${info.model.id} on ${info.kind} (${info.device})`,
      );
    }
  } catch (reason) {
    await close();
    throw reason;
  }
  const slots = Object.values(engines).map((engine) => engine.info()?.slots ?? 1);
  return {
    engines,
    why,
    close,
    slots: Math.max(1, Math.min(...slots, slots.length === 0 ? 1 : 64)),
  };
}

/** Whose models are loaded: no control's but a modular system's generator, and the counterpart only once. */
function seatedRoles({ counterpart, seats, generator }: SimulationPlan): readonly Role[] {
  if (counterpart) return ['user'];
  const speaks = (role: Role) => role === 'recommender' && generator !== null;
  return roles.filter((role) => !isControl(role, seats[role]) || speaks(role));
}

const pageEngines = new WeakSet<ChatEngine>();
const isInPage = (engine: ChatEngine) => pageEngines.has(engine);

async function openPage({ plan, root, buildSite, onStage }: EngineDeps): Promise<LabPage> {
  if (!buildSite()) {
    throw new LabError('bad-config', 'The page could not be built; the lines above say why.');
  }
  onStage('Starting headless Chromium ...');
  return openLabPage({ buildDir: `${root}/build`, softwareAdapter: plan.softwareAdapter });
}

async function resolveAuto(
  plan: SimulationPlan,
  seated: readonly Role[],
  lab: LabPage | null,
): Promise<{ kind: 'webgpu' | 'wasm'; why: string } | null> {
  if (lab === null || !seated.some((role) => plan.engines[role] === 'auto')) return null;
  const choice = chooseEngine(await lab.page.evaluate('interplayAbilities()'));
  if (!choice.possible) throw new LabError('engine-unavailable', choice.reason);
  return { kind: choice.kind, why: `auto: ${choice.kind}. ${choice.reason}` };
}

function createEngine(
  { plan, root }: EngineDeps,
  role: Role,
  kind: EngineKind,
  lab: LabPage | null,
): { engine: ChatEngine; model: ModelRef } {
  if (isNodeKind(kind)) return createNodeEngine(kind, plan, role, root);
  if (lab === null) throw new Error('The page is not open.');
  const { id, manifest } = findModel(root, modelNameOf(plan, role), modelRoleOf(plan, role));
  const threads = plan.threads === null ? {} : { threads: plan.threads };
  const engine = createPageEngine(lab, role, kind, threads);
  pageEngines.add(engine);
  return { engine, model: { id, location: `${lab.url}models/${manifest}` } };
}
