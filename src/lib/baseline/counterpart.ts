import type { Role } from '../contracts/action';
import type { SeatRecord, Turn } from '../contracts/dialogue';
import type { ChatEngine, EngineInfo } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import type { TurnReply, TurnRequest } from '../dialogue/agent';
import { askModel, seatRecord } from '../dialogue/model-agent';
import { readTurn } from '../dialogue/read-turn';
import type { JointSeats } from '../dialogue/run-many';
import type { Catalogue } from '../domain/catalogue';
import { checkPromptVersion } from '../engine/manifest';
import { checkSeat } from '../engine/model-seats';
import { toBrief } from '../profile/brief';
import { counterpartPrompt } from './counterpart-prompt';
import { counterpartView } from './counterpart-view';
import { baselinePromptVersion } from './version';

/**
 * Refuses a model that was fine-tuned for one seat, or as a counterpart under other prompts; a zero-shot one passes.
 * Error: `model-incompatible`.
 */
export function checkCounterpart(
  model: Pick<EngineInfo['model'], 'id' | 'promptVersion' | 'role'>,
): void {
  checkSeat(model, 'both');
  checkPromptVersion(model, baselinePromptVersion());
}

/** One dialogue of the counterpart: what both agents read and write. */
class SharedTranscript {
  private readonly turns: Turn[];

  constructor(
    private readonly engine: ChatEngine,
    private readonly catalogue: Catalogue,
    private readonly labels: readonly string[],
    private readonly profile: Profile,
    earlier: readonly Turn[],
  ) {
    this.turns = [...earlier];
  }

  async write(role: Role, seen: number, request: TurnRequest): Promise<TurnReply> {
    // A dialogue that is asked for out of turn would be another one than the record's.
    const thrownAway = this.turns.length - seen;
    if (thrownAway < 0 || thrownAway > 1) {
      throw new RangeError(`${String(seen)} turns held, ${String(this.turns.length)} written`);
    }
    this.turns.length = seen;
    const { catalogue, profile, turns } = this;
    const view = counterpartView(toBrief(profile, catalogue), profile.targets, turns, catalogue);
    if (view.targets.length === 0) {
      throw new LabError(
        'profile-invalid',
        `The profile "${profile.id}" has no hidden target in the catalogue, and the counterpart is handed the targets. ` +
          'Choose profiles with targets, or the pair.',
      );
    }
    const prompt = counterpartPrompt(view, catalogue.pack, this.labels, request.slate);
    const reply = await askModel(this.engine, prompt, request);
    const known = role === 'user' ? [...profile.liked, ...profile.disliked] : [];
    turns.push(readTurn(role, reply, turns, known, catalogue, false));
    return reply;
  }
}

/**
 * The reference-dependent counterpart: one model that is handed the targets takes both seats. Its recommender can name
 * every item of the catalogue; there is no ranker, because it is told what to recommend.
 */
export function counterpartSeats(engine: ChatEngine, catalogue: Catalogue): JointSeats {
  const labels = catalogue.items.map((item) => item.label);
  const seat = (): SeatRecord => seatRecord(engine, checkCounterpart);
  return {
    referenceDependent: true,
    promptVersion: baselinePromptVersion(),
    seat,
    agentsFor(profile, earlier) {
      const transcript = new SharedTranscript(engine, catalogue, labels, profile, earlier);
      return {
        user: {
          seat,
          reset: () => engine.reset(),
          respond: (view, request) => transcript.write('user', view.turns.length, request),
        },
        recommender: {
          seat,
          // One engine, and the user's agent has reset it.
          reset: () => Promise.resolve(),
          respond: (view, request) => transcript.write('recommender', view.turns.length, request),
        },
      };
    },
  };
}
