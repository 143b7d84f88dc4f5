import {
  recommenderActionTypes,
  userActionTypes,
  type ActionType,
  type Role,
} from '../contracts/action';
import type { Patience } from '../contracts/profile';

/** Most actions in one turn. */
export const maxActions = 3;

/** Own turns that a user bears before it may leave with nothing, by its patience. */
export const turnsOfPatience: Readonly<Record<Patience, number>> = { low: 5, normal: 10, high: 20 };

/** Between two items of an action. */
export const itemSeparator = ' | ';

/** Actions that must name an item. */
const needItem: readonly ActionType[] = ['accept', 'reject', 'seen', 'recommend'];
/** Actions that may name one. */
const mayNameItem: readonly ActionType[] = ['inform', 'ask', 'answer'];

/** The user's actions that judge an item which was recommended. */
export const feedbackTypes: readonly ActionType[] = ['accept', 'reject', 'seen'];

export function needsItem(type: ActionType): boolean {
  return needItem.includes(type);
}

export function takesItem(type: ActionType): boolean {
  return needItem.includes(type) || mayNameItem.includes(type);
}

/**
 * The action types of a role in the order in which an action line writes them: first what answers the
 * other side, then what opens something new, `bye` last.
 */
export function actionOrder(role: Role): readonly ActionType[] {
  return role === 'user'
    ? (['seen', 'reject', 'accept', 'inform', 'ask', 'chat', 'bye'] satisfies ActionType[])
    : (['answer', 'chat', 'recommend', 'ask', 'bye'] satisfies ActionType[]);
}

export function isActionOf(role: Role, type: string): type is ActionType {
  const types: readonly string[] = role === 'user' ? userActionTypes : recommenderActionTypes;
  return types.includes(type);
}
