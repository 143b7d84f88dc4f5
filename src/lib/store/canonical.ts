import { dialogueSchema } from './record-schema';

/**
 * Every key of the record, in the schema's order and each once. `JSON.stringify` with a list of keys
 * writes them in the list's order at every depth.
 */
const keys: string[] = [...new Set(propertyNames(dialogueSchema))];

/** JSON of a record, or of a part of one, in which equal values have equal bytes. */
export function canonicalJson(value: object | null): string {
  return JSON.stringify(value, keys);
}

function propertyNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(propertyNames);
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties' && typeof value === 'object' && value !== null
      ? [...Object.keys(value), ...propertyNames(Object.values(value))]
      : propertyNames(value),
  );
}
