import type { Role } from '../contracts/action';
import type { SeatRecord } from '../contracts/dialogue';
import type { ChatEngine, EngineInfo } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import type { Catalogue } from '../domain/catalogue';
import { checkPromptVersion } from '../engine/manifest';
import { checkSeat } from '../engine/model-seats';
import { recommenderPrompt, userPrompt, type RolePrompt } from '../prompt/request';
import { promptVersion } from '../prompt/version';
import { rankerRecord, type Ranker } from '../recommend/ranker';
import {
  rankCandidates,
  type RecommenderAgent,
  type TurnReply,
  type TurnRequest,
  type UserAgent,
} from './agent';

/** Who sits there, from a loaded engine; `check` refuses a model that may not. Errors: `engine-failed`, those of `check`. */
export function seatRecord(
  engine: ChatEngine,
  check: (model: EngineInfo['model']) => void,
): SeatRecord {
  const info = engine.info();
  if (info === null) {
    throw new LabError('engine-failed', 'The model is not loaded yet. Load it, then start again.');
  }
  check(info.model);
  const { id, hash, promptVersion: trainedUnder } = info.model;
  return { id, hash, promptVersion: trainedUnder, engine: info.kind, device: info.device };
}

/**
 * A role's model. Errors: `model-incompatible` when fine-tuned under other prompts or for another seat than `role`.
 */
export function engineSeat(engine: ChatEngine, role: Role): SeatRecord {
  return seatRecord(engine, (model) => {
    checkSeat(model, role);
    checkPromptVersion(model, promptVersion());
  });
}

/** Has a model write the next turn. Errors: those of `ChatEngine.complete`, `grammar-unsupported`. */
export async function askModel(
  engine: ChatEngine,
  prompt: RolePrompt,
  request: TurnRequest,
): Promise<Omit<TurnReply, 'candidates'>> {
  if (request.constrained && engine.info()?.grammar === false) {
    throw new LabError(
      'grammar-unsupported',
      'This engine cannot hold a grammar, so action lines would be a matter of luck. ' +
        'Choose another engine, or allow unconstrained turns.',
    );
  }
  const completion = await engine.complete(
    {
      messages: prompt.messages,
      ...(request.constrained ? { grammar: prompt.grammar } : {}),
      seed: request.seed,
      sampling: request.sampling,
      ...(request.signal ? { signal: request.signal } : {}),
    },
    request.onText,
  );
  return {
    raw: completion.text,
    prompt: completion.prompt,
    tokens: completion.tokens,
    ms: completion.ms,
    finish: completion.finish,
    seed: request.seed,
  };
}

/** A language model in the user's seat. */
export function modelUser(engine: ChatEngine, catalogue: Catalogue): UserAgent {
  return {
    seat: () => engineSeat(engine, 'user'),
    reset: () => engine.reset(),
    respond: (view, request) =>
      askModel(engine, userPrompt(view, catalogue.pack, request.slate), request),
  };
}

/** A language model in the recommender's seat, offered the ranker's best. */
export function modelRecommender(
  engine: ChatEngine,
  catalogue: Catalogue,
  ranker: Ranker,
): RecommenderAgent {
  return {
    seat: () => ({ ...engineSeat(engine, 'recommender'), ...rankerRecord(ranker) }),
    reset: () => engine.reset(),
    async respond(view, request) {
      const { offered, recorded } = rankCandidates(ranker, view, catalogue, request.candidates);
      const labels = offered.flatMap((id) => catalogue.byId(id)?.label ?? []);
      const prompt = recommenderPrompt(view, catalogue.pack, labels, request.slate);
      return { ...(await askModel(engine, prompt, request)), candidates: recorded };
    },
  };
}
