import type { RatingMode, RatingValue } from '../../contracts/rating';
import { scores } from '../../contracts/rating';

/** What a key does in the room. */
export type RoomKey =
  { does: 'choose'; value: RatingValue } | { does: 'up' | 'down' | 'next' | 'undo' | 'break' };

/** Places where keys keep their own meaning. */
const typing = new Set(['TEXTAREA', 'SELECT']);
const pressed = new Set(['BUTTON', 'A', 'SUMMARY']);

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: EventTarget | null;
}

function placeOf(target: EventTarget | null): { tag: string; type: string } {
  const { tagName = '', type = '' } = (target ?? {}) as { tagName?: string; type?: string };
  return { tag: tagName, type };
}

/**
 * What a key means, given the answer in focus; `null` where it keeps its own meaning: in text, with a modifier, on a
 * button that Enter presses.
 */
export function roomKey(
  { key, ctrlKey, metaKey, altKey, target }: Pressed,
  mode: RatingMode,
  value: RatingValue | null,
): RoomKey | null {
  const { tag, type } = placeOf(target);
  const isText = typing.has(tag) || (tag === 'INPUT' && type !== 'radio');
  if (ctrlKey || metaKey || altKey || isText) return null;
  const lower = key.toLowerCase();
  if (lower === 'arrowup') return { does: 'up' };
  if (lower === 'arrowdown') return { does: 'down' };
  if (lower === 'u') return { does: 'undo' };
  if (lower === 'p') return { does: 'break' };
  if (lower === 'enter' || lower === ' ') return pressed.has(tag) ? null : { does: 'next' };
  const chosen = mode === 'pairs' ? pairValue(lower) : singleValue(lower, value);
  return chosen === null ? null : { does: 'choose', value: chosen };
}

function pairValue(key: string): RatingValue | null {
  if (key === 'a' || key === 'arrowleft') return 'a';
  if (key === 'b' || key === 'arrowright') return 'b';
  return key === 't' || key === '0' ? 'tie' : null;
}

function singleValue(key: string, value: RatingValue | null): RatingValue | null {
  const digit = scores.find((score) => String(score) === key);
  if (digit !== undefined) return digit;
  if (key !== 'arrowleft' && key !== 'arrowright') return null;
  const now = typeof value === 'number' ? value : 3;
  const moved = value === null ? now : now + (key === 'arrowleft' ? -1 : 1);
  return scores.find((score) => score === Math.min(5, Math.max(1, moved))) ?? null;
}
