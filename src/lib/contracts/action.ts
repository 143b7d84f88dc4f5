import type { ItemId } from './catalogue';

export type Role = 'user' | 'recommender';

export const userActionTypes = [
  'inform',
  'ask',
  'accept',
  'reject',
  'seen',
  'chat',
  'bye',
] as const;
export const recommenderActionTypes = ['ask', 'recommend', 'answer', 'chat', 'bye'] as const;

export type UserActionType = (typeof userActionTypes)[number];
export type RecommenderActionType = (typeof recommenderActionTypes)[number];
export type ActionType = UserActionType | RecommenderActionType;

/** What a turn commits to before it speaks. A turn carries one to three, no type twice. */
export interface Action {
  type: ActionType;
  /** Required by `accept`, `reject`, `seen` and `recommend`; allowed with `inform`, `ask` and `answer`. */
  items?: readonly ItemId[];
}

/** Something about a turn that breaks the contract; counted, never repaired silently. */
export type Violation =
  /** The first line is not an action line; the turn has no actions and its whole output is its text. */
  | { kind: 'unparsed' }
  /** An action type that this role does not have. */
  | { kind: 'unknown-action'; found: string }
  /** The same action type twice in a turn; the items were merged. */
  | { kind: 'repeated-action'; found: string }
  /** An action that must name an item names none. */
  | { kind: 'missing-item'; found: string }
  /** A title in the action line that the catalogue does not hold. */
  | { kind: 'unknown-item'; found: string }
  /** Feedback on an item that was never recommended in this dialogue. */
  | { kind: 'not-recommended'; found: string }
  /** A catalogue title in the text that is neither in the turn's actions nor named before. */
  | { kind: 'stray-title'; found: string }
  /** The action line can be read but is not written as it should be, such as with the text on the same line. */
  | { kind: 'loose-line'; found: string }
  /** One item twice in an action; it counts once. */
  | { kind: 'repeated-item'; found: string }
  /** Contrary feedback on one item in one turn. */
  | { kind: 'contradiction'; found: string }
  /** Nothing was said. */
  | { kind: 'empty-text' }
  /** The turn ran into its token limit. */
  | { kind: 'cut-off' };
