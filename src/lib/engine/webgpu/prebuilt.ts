import { MLCEngine, prebuiltAppConfig } from '@mlc-ai/web-llm';
import type { LoadProgress } from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { prebuiltScheme, readPrebuilt, type PrebuiltModel } from './prebuilt-list';
import { prebuiltError } from './errors';

/** web-llm's list. The library is large: import this file only where the list is asked for. */
export function listPrebuilt(): readonly PrebuiltModel[] {
  return readPrebuilt(prebuiltAppConfig);
}

export interface StartedPrebuilt {
  engine: MLCEngine;
  id: string;
  contextLength: number | null;
}

/**
 * web-llm with a model of its own list, fetched from where its makers host it and kept in this browser. Nobody here
 * has checked its files. Errors: `model-missing` when it is not on the list or cannot be fetched; those of `prebuiltError`.
 */
export async function startPrebuilt(
  location: string,
  onProgress?: (progress: LoadProgress) => void,
): Promise<StartedPrebuilt> {
  const id = location.slice(prebuiltScheme.length);
  const listed = prebuiltAppConfig.model_list.find(({ model_id }) => model_id === id);
  if (!listed) {
    throw new LabError(
      'model-missing',
      `web-llm’s list has no model "${id}" any more. Choose another on the Models page.`,
    );
  }
  const engine = new MLCEngine({
    logLevel: 'ERROR',
    initProgressCallback: ({ progress, timeElapsed }) =>
      onProgress?.({
        phase: 'download',
        done: Math.round(progress * 1000),
        total: 1000,
        secondsLeft: progress > 0.05 ? (timeElapsed / progress) * (1 - progress) : null,
      }),
    appConfig: prebuiltAppConfig,
  });
  try {
    await engine.reload(id);
  } catch (reason) {
    throw prebuiltError(reason, id);
  }
  return { engine, id, contextLength: listed.overrides?.context_window_size ?? null };
}
