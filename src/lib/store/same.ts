import type { DialogueConfig, SeatRecord } from '../contracts/dialogue';
import type { Role } from '../contracts/action';

/** Whether two values of plain data are equal, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  if (left.length !== Object.keys(b).length) return false;
  return left.every(
    ([key, value]) => Object.hasOwn(b, key) && same(value, (b as Record<string, unknown>)[key]),
  );
}

/** A run or dialogue without what decides nothing that is said: devices, and whether prompts are kept. */
export function withoutCircumstances<
  T extends { config: DialogueConfig; models: Record<Role, SeatRecord> },
>(value: T): T {
  const { user, recommender } = value.models;
  const anywhere = (seat: SeatRecord): SeatRecord => ({ ...seat, device: '' });
  return {
    ...value,
    config: { ...value.config, trace: false },
    models: { user: anywhere(user), recommender: anywhere(recommender) },
  };
}
