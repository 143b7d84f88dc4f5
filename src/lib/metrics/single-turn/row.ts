import type { ActionType, Role } from '../../contracts/action';
import type { ItemId } from '../../contracts/catalogue';

/** One turn as it was said, with what can be known about it. */
export interface SaidTurn {
  text: string;
  /** Absent where nobody labelled them. */
  acts?: readonly ActionType[];
  /** Recommender: the recommended items, best first; of the system its pick first, then its ranker's order. */
  items?: readonly ItemId[];
}

/** A person's turn, and what a system said in its place: the single-turn protocol. */
export interface SingleTurn {
  id: string;
  /** Turns of one dialogue are drawn together. */
  dialogueId: string;
  role: Role;
  /** What said the hypothesis. */
  system: string;
  hypothesis: SaidTurn;
  reference: SaidTurn;
  /** Items that the context names. */
  named: readonly ItemId[];
  /** The turns before, for telling copies; absent where they were not kept. */
  context?: readonly { role: Role; text: string }[];
}
