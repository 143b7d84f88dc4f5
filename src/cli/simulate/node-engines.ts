import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Role } from '../../lib/contracts/action';
import type { ChatEngine, EngineKind, ModelRef, ModelRole } from '../../lib/contracts/engine';
import { LabError } from '../../lib/contracts/errors';
import { HttpEngine } from '../../lib/engine/http/engine';
import { NativeEngine } from '../../lib/engine/native/engine';
import { ScriptedEngine } from '../../lib/engine/scripted/engine';
import { findModel } from './models';
import { modelNameOf, modelRoleOf, type SimulationPlan } from './plan';
import { scriptedTurn } from './script';

export type NodeKind = Exclude<EngineKind, 'webgpu' | 'wasm'>;

export function isNodeKind(kind: EngineKind): kind is NodeKind {
  return kind !== 'webgpu' && kind !== 'wasm';
}

export interface LoadPlan {
  engine: ChatEngine;
  model: ModelRef;
}

/** An engine that runs in this process, and the model it is to load. Errors: `bad-config`, those of `findModel`. */
export function createNodeEngine(
  kind: NodeKind,
  plan: SimulationPlan,
  role: Role,
  root: string,
): LoadPlan {
  const name = modelNameOf(plan, role);
  const slots = plan.slots === null ? {} : { slots: plan.slots };
  switch (kind) {
    case 'scripted':
      return {
        engine: new ScriptedEngine(scriptedTurn, slots),
        model: { id: 'script', location: '' },
      };
    case 'http': {
      const { url, model, apiKey, grammarField } = plan.endpoint;
      const id = model ?? name;
      if (url === null || id === null) {
        throw new LabError(
          'bad-config',
          'The engine http needs --endpoint and the name of a model: add --endpoint-model.',
        );
      }
      return {
        engine: new HttpEngine({ grammarField, ...slots, ...(apiKey === null ? {} : { apiKey }) }),
        model: { id, location: url },
      };
    }
    case 'native':
      return {
        engine: new NativeEngine(slots),
        model: nativeModel(name, modelRoleOf(plan, role), root),
      };
  }
}

/** An installed model by id, or any manifest or GGUF file by its path. */
function nativeModel(name: string | null, role: ModelRole, root: string): ModelRef {
  if (name !== null && /\.(gguf|json)$/.test(name)) {
    const location = resolve(process.env['INIT_CWD'] ?? '', name);
    if (!existsSync(location)) {
      throw new LabError('model-missing', `There is no file ${location}. Check the name.`);
    }
    return { id: name, location };
  }
  const { id, manifest } = findModel(root, name, role);
  return { id, location: resolve(root, 'static', 'models', manifest) };
}
