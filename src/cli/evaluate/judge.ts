import type { Dialogue } from '../../lib/contracts/dialogue';
import type { ChatEngine } from '../../lib/contracts/engine';
import { LabError } from '../../lib/contracts/errors';
import { judgeDialogues, type Judged } from '../../lib/metrics';
import { loadEngines } from '../simulate/engines';
import { installedModels } from '../simulate/models';
import { readPlan } from '../simulate/plan';
import type { JudgePlan } from './plan';

export interface JudgeDeps {
  root: string;
  seed: number;
  buildSite: () => boolean;
  onStage: (text: string) => void;
  onProgress?: (progress: { done: number; total: number }) => void;
  signal: AbortSignal;
}

/** Loads the judge, has it judge, and lets it go. Errors: those of loading and judging. */
export async function judgeBy(
  judge: JudgePlan,
  dialogues: readonly Dialogue[],
  { root, seed, buildSite, onStage, onProgress, signal }: JudgeDeps,
): Promise<Judged> {
  const plan = readPlan(engineFlags(judge, root), process.env);
  const { engines, close } = await loadEngines({ plan, root, buildSite, onStage, signal });
  try {
    return await judgeDialogues(engineOf(engines.user), dialogues, {
      seed,
      ...(onProgress ? { onProgress } : {}),
      signal,
    });
  } finally {
    await close();
  }
}

/** The judge sits in the user's seat of a simulation that is never held; the other seat needs no model. */
function engineFlags({ engine, model, endpoint }: JudgePlan, root: string): string[] {
  const seats = ['--engine', engine, '--recommender', 'content'];
  if (engine === 'http') {
    const address = ['--endpoint', endpoint ?? '', '--endpoint-model', model ?? ''];
    return [...seats, ...address];
  }
  return [...seats, '--user', model ?? neutralModel(root)];
}

/** A model that was fine-tuned for no seat: whoever plays a part should not judge the play. */
function neutralModel(root: string): string {
  const models = installedModels(root);
  const found = models.find(({ role }) => role === null || role === undefined);
  if (found) return found.id;
  throw new LabError(
    'model-missing',
    `Every model here was fine-tuned for a seat. Name one with --judge ENGINE/MODEL: ${models.map(({ id }) => id).join(', ')}.`,
  );
}

function engineOf(engine: ChatEngine | undefined): ChatEngine {
  if (engine) return engine;
  throw new LabError('internal', 'The judge was not loaded. Run the command again.');
}
