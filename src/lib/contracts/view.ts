import type { Action } from './action';
import type { FactCard } from './catalogue';
import type { UserBrief } from './profile';

/** What the other side said: its words only, never its actions. */
export interface HeardTurn {
  by: 'other';
  text: string;
  /** User's view only: facts of the items that this utterance names for the first time. */
  cards: readonly FactCard[];
}

/** What this side did: the actions it committed to, by label, and its words. */
export interface OwnTurn {
  by: 'self';
  actions: readonly LabelledAction[];
  text: string;
}

/** An action as it is written, items by label. */
export interface LabelledAction {
  type: Action['type'];
  items?: readonly string[];
}

export type ViewTurn = HeardTurn | OwnTurn;

/** All that the user simulator knows. No field of it, however deep, holds a hidden target. */
export interface UserView {
  role: 'user';
  brief: UserBrief;
  turns: readonly ViewTurn[];
  /** Labels of the items recommended so far, oldest first: what feedback can name. */
  recommended: readonly string[];
}

/** All that the recommender knows: the conversation. */
export interface RecommenderView {
  role: 'recommender';
  turns: readonly ViewTurn[];
}

export type RoleView = UserView | RecommenderView;
