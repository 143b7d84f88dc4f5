/**
 * A JSONL text without its timings: every `ms` and `startedAt`. Nothing else is read or reordered, so what is
 * compared are the bytes.
 */
export function withoutTimings(jsonl: string): string {
  return jsonl
    .replace(/"ms":\{"prefill":[^,{}]*,"decode":[^,{}]*,"total":[^,{}]*\}/g, '"ms":0')
    .replace(/"startedAt":\d+/g, '"startedAt":0');
}
