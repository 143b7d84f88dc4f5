import type { Role } from '../contracts/action';
import type { DialogueConfig, Draft, Outcome, Turn } from '../contracts/dialogue';
import { isAbort, LabError, toErrorData } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import type { Catalogue } from '../domain/catalogue';
import { deriveSeed } from '../domain/random';
import { toBrief } from '../profile/brief';
import type { RecommenderAgent, TurnReply, TurnRequest, UserAgent } from './agent';
import { faultOf } from './faults';
import { readTurn } from './read-turn';
import { outcomeOf, stopStatus } from './stop';
import { recommenderView, userView } from './views';

export interface DialogueDeps {
  user: UserAgent;
  recommender: RecommenderAgent;
  profile: Profile;
  catalogue: Catalogue;
  config: DialogueConfig;
  /** Every request's seed derives from these, the turn and the role. */
  runId: string;
  dialogueId: string;
  seed: number;
  /** Turns that were already held, when a dialogue goes on after a reload. */
  earlier?: readonly Turn[];
  signal?: AbortSignal;
  onTurnStart?: (index: number, role: Role) => void;
  /** The raw output of the turn in flight so far. */
  onText?: (raw: string, role: Role) => void;
}

/** The user opens; the roles take turns. */
export function roleOfTurn(index: number): Role {
  return index % 2 === 0 ? 'user' : 'recommender';
}

/**
 * One dialogue, turn by turn. Pulling the next turn is what makes it: who stops pulling has paused it.
 * Same engines, weights and seed, uninterrupted: same turns but for timings.
 *
 * An engine's failure ends it with the outcome `failed`. Aborting rejects with the signal's reason and
 * loses the turn in flight only.
 */
export async function* runDialogue(deps: DialogueDeps): AsyncGenerator<Turn, Outcome> {
  const { catalogue, config, profile } = deps;
  const brief = toBrief(profile, catalogue);
  const known = [...profile.liked, ...profile.disliked];
  const turns: Turn[] = [...(deps.earlier ?? [])];
  try {
    await deps.user.reset();
    await deps.recommender.reset();
    for (;;) {
      const status = stopStatus(turns, config.maxTurns);
      if (status !== null) return outcomeOf(turns, status);
      deps.signal?.throwIfAborted();
      const role = roleOfTurn(turns.length);
      deps.onTurnStart?.(turns.length, role);
      const draw = async (before: number): Promise<Turn> => {
        const request = turnRequest(deps, role, turns.length, before);
        const reply: TurnReply =
          role === 'user'
            ? await deps.user.respond(userView(brief, turns, catalogue), request)
            : await deps.recommender.respond(recommenderView(turns, catalogue), request);
        deps.signal?.throwIfAborted();
        const ownKnown = role === 'user' ? known : [];
        return readTurn(role, reply, turns, ownKnown, catalogue, config.trace);
      };
      // The likeliest words stay the likeliest: at temperature 0 another draw is the same.
      const redraws = config.sampling[role].temperature > 0 ? (config.redraws ?? 0) : 0;
      const turn = await withoutFault(draw, turns, redraws, catalogue.pack.language);
      turns.push(turn);
      yield turn;
    }
  } catch (reason) {
    if (isAbort(reason) || deps.signal?.aborted === true) throw reason;
    if (!(reason instanceof LabError)) throw reason;
    return { ...outcomeOf(turns, 'failed'), error: toErrorData(reason) };
  }
}

/** What each draw that was thrown away adds to the temperature of the next (as Whisper's decoding falls back, Radford et al. 2022). */
const redrawWarmth = 0.2;

/** Draws a turn, and again while it has a plain fault and chance plays a part in it, at most `redraws` times more. */
async function withoutFault(
  draw: (before: number) => Promise<Turn>,
  earlier: readonly Turn[],
  redraws: number,
  language: string,
): Promise<Turn> {
  const drafts: Draft[] = [];
  for (;;) {
    const turn = await draw(drafts.length);
    const fault = faultOf(turn, earlier, language);
    if (fault === null || turn.seed === null || drafts.length >= redraws) {
      return drafts.length === 0 ? turn : { ...turn, drafts };
    }
    drafts.push({ raw: turn.raw, seed: turn.seed, fault });
  }
}

/** @param before how many draws of the turn were thrown away: each makes the next one bolder, or a small model says the same again */
function turnRequest(deps: DialogueDeps, role: Role, index: number, before: number): TurnRequest {
  const { config, onText, signal } = deps;
  const { temperature, ...sampling } = config.sampling[role];
  const place = [deps.runId, deps.dialogueId, index, role];
  return {
    seed: deriveSeed(deps.seed, ...place, ...(before === 0 ? [] : [before])),
    sampling: { ...sampling, temperature: temperature + before * redrawWarmth },
    constrained: config.constrained,
    slate: config.slate,
    candidates: config.candidates,
    ...(signal ? { signal } : {}),
    ...(onText ? { onText: (raw: string) => onText(raw, role) } : {}),
  };
}
