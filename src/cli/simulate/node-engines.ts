import type { ChatEngine, EngineKind, ModelRef } from '../../lib/contracts/engine';
import { LabError } from '../../lib/contracts/errors';
import type { SimulationPlan } from './plan';

export type NodeKind = Exclude<EngineKind, 'webgpu' | 'wasm'>;

export function isNodeKind(kind: EngineKind): kind is NodeKind {
  return kind !== 'webgpu' && kind !== 'wasm';
}

/** An engine that runs in this process, and the model it is to load. */
export function createNodeEngine(
  kind: NodeKind,
  _plan: SimulationPlan,
  _name: string | null,
  _root: string,
): { engine: ChatEngine; model: ModelRef } {
  throw new LabError('engine-unavailable', `The engine ${kind} is not there yet.`);
}
