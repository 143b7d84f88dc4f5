import type { Role } from '../contracts/action';
import type { Dialogue, SeatRecord, Turn } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import type { Catalogue } from '../domain/catalogue';
import { deriveId } from '../domain/random';
import { unmodelled } from './agent';
import { readTurn } from './read-turn';
import { createRun } from './start';
import { rewound } from './steer';

/** Where a dialogue shall leave another one, and how. */
export interface ForkWish {
  /** Index of the first turn that is its own: the turns before it are taken over. */
  turn: number;
  seed: number;
  /** Who speaks from there on. */
  models: Record<Role, SeatRecord>;
  referenceDependent: boolean;
  /** That turn in a person's words, action line and all; `null`: it is spoken anew. */
  raw: string | null;
  /** Counts forks that are otherwise equal, from 0. */
  take: number;
}

/**
 * A dialogue that begins with another one's turns, before the first turn of its own is spoken. Its settings are the other
 * one's, its profile is the one that was in force there.
 *
 * Errors: `bad-input` for a turn that the other one does not have.
 */
export function forkDialogue(
  parent: Dialogue,
  wish: ForkWish,
  catalogue: Catalogue,
  now: number,
): Dialogue {
  const { turn, seed, models, referenceDependent, raw, take } = wish;
  const replaced = parent.turns[turn];
  if (replaced === undefined) {
    throw new LabError(
      'bad-input',
      `That dialogue has no turn ${String(turn + 1)} to fork from. Choose one that it has.`,
    );
  }
  const earlier = parent.turns.slice(0, turn);
  const edited = raw === null ? [] : [editedTurn(raw, replaced.role, earlier, parent, catalogue)];
  const { domain, config, profileId } = parent;
  const run = createRun({ domain, seed, config, models, profileIds: [profileId] }, now);
  return {
    ...rewound(parent, turn),
    id: deriveId('dialogue', run.id, profileId, 'fork', parent.id, turn, raw ?? '', take),
    runId: run.id,
    seed,
    models,
    promptVersion: run.promptVersion,
    referenceDependent,
    resumed: false,
    forkOf: { dialogueId: parent.id, turn, edited: raw !== null },
    turns: [...earlier, ...edited],
    outcome: null,
    startedAt: now,
  };
}

/** A person's turn, read as a model's is: its actions parsed, its titles linked, its violations found. */
function editedTurn(
  raw: string,
  role: Role,
  earlier: readonly Turn[],
  { profile, config }: Dialogue,
  catalogue: Catalogue,
): Turn {
  const known = role === 'user' ? [...profile.liked, ...profile.disliked] : [];
  return readTurn(role, unmodelled(raw, 0), earlier, known, catalogue, config.trace);
}
