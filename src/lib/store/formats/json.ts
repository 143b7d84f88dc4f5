import { bad, count, good } from './limits';
import type { Found, ImportLimits } from './limits';

/** An object of a file; read by `field` only, so that no inherited property is ever taken for its own. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

export function field(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

export function listField(fields: Fields, name: string): readonly unknown[] | null {
  const value = field(fields, name);
  return Array.isArray(value) ? value : null;
}

export function textField(fields: Fields, name: string): string | null {
  const value = field(fields, name);
  return typeof value === 'string' ? value : null;
}

/** A name or number as text; `null` for anything else. */
export function nameField(fields: Fields, name: string): string | null {
  const value = field(fields, name);
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
}

/** Most brackets within brackets in a JSON text; those in strings do not count. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) i = endOfString(text, i);
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return deepest;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** Where the string that opens at `start` closes; the text's end when it does not. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === backslash) i += 1;
    else if (code === quote) return i;
  }
  return text.length;
}

/** One JSON text as a value, or why it is none. Never throws. */
export function readJson(line: number, text: string, { depth }: ImportLimits): Found<unknown> {
  if (jsonDepth(text) > depth) {
    return bad(line, `Its brackets are nested more than ${count(depth)} deep.`);
  }
  try {
    return good(line, JSON.parse(text) as unknown);
  } catch (reason) {
    const words = reason instanceof Error ? reason.message : String(reason);
    return bad(line, `It is not JSON (${words}).`);
  }
}

/** The values of a file of one JSON value a line; blank lines are skipped. */
export async function* jsonLines(
  lines: AsyncIterable<Found<string>>,
  limits: ImportLimits,
): AsyncGenerator<Found<unknown>> {
  for await (const found of lines) {
    if (!found.ok) yield found;
    else if (found.value.trim() !== '') yield readJson(found.line, found.value, limits);
  }
}

/**
 * The elements of one top-level list, or the top-level values one after the other, whatever their layout; each by the
 * line on which it begins. Only one is held at a time. An element that is no JSON is told and the next one read;
 * when brackets do not close, nothing after them can be told apart, which is told once.
 */
export async function* jsonValues(
  lines: AsyncIterable<Found<string>>,
  limits: ImportLimits,
): AsyncGenerator<Found<unknown>> {
  const scanner = new ValueScanner(limits);
  for await (const found of lines) {
    if (!found.ok) {
      yield found;
      // What the line held is unknown: the value it belongs to is lost, and where that ends cannot be told.
      if (scanner.isOpen) return;
      continue;
    }
    yield* scanner.scan(found.value, found.line);
    if (scanner.broken) return;
  }
  yield* scanner.end();
}

class ValueScanner {
  broken = false;
  /** Level of the values: 1 inside a top-level list. */
  #base = 0;
  #depth = 0;
  #begun = false;
  #held: string[] = [];
  #length = 0;
  #line = 0;

  constructor(readonly limits: ImportLimits) {}

  get isOpen(): boolean {
    return this.#depth > this.#base;
  }

  *scan(text: string, line: number): Generator<Found<unknown>> {
    let start = this.isOpen ? 0 : -1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (!this.#begun && code > 0x20) {
        this.#begun = true;
        if (code === openBracket) {
          this.#base = this.#depth = 1;
          continue;
        }
      }
      if (code === quote) {
        if (!this.isOpen) start = this.#open(start, i, line);
        i = endOfString(text, i);
      } else if (code === openBrace || code === openBracket) {
        if (!this.isOpen) start = this.#open(start, i, line);
        this.#depth += 1;
      } else if (code === closeBrace || code === closeBracket) {
        this.#depth -= 1;
        if (this.#depth < this.#base) {
          yield* this.#loose(text.slice(Math.max(start, 0), i), start);
          if (this.#base === 0 || code === closeBrace) {
            this.broken = true;
            yield bad(line, 'A bracket closes that was never opened; what follows cannot be read.');
            return;
          }
          this.#base = 0;
          start = -1;
        } else if (this.#depth === this.#base) {
          yield this.#close(text.slice(start, i + 1));
          start = -1;
        }
      } else if (!this.isOpen && code === 0x2c) {
        yield* this.#loose(text.slice(Math.max(start, 0), i), start);
        start = -1;
      } else if (!this.isOpen && code > 0x20 && start < 0) start = this.#open(start, i, line);
    }
    if (this.isOpen) yield* this.#hold(`${text.slice(Math.max(start, 0))}\n`, line);
    else if (start >= 0) yield* this.#loose(text.slice(start), start);
  }

  *end(): Generator<Found<unknown>> {
    if (this.isOpen) {
      yield bad(
        this.#line,
        'Its brackets do not close before the file ends: the file may be cut off.',
      );
    } else if (this.#base === 1) {
      yield bad(this.#line || 1, 'The list is not closed: the file may be cut off.');
    }
  }

  #open(start: number, at: number, line: number): number {
    this.#line = line;
    return start < 0 ? at : start;
  }

  #close(text: string): Found<unknown> {
    const whole = `${this.#held.join('')}${text}`;
    this.#held = [];
    this.#length = 0;
    return readJson(this.#line, whole, this.limits);
  }

  /** Something outside all brackets: a number, a string, or no JSON. */
  *#loose(text: string, start: number): Generator<Found<unknown>> {
    if (start >= 0 && text.trim() !== '') yield this.#close(text.trim());
  }

  *#hold(text: string, line: number): Generator<Found<unknown>> {
    this.#length += text.length;
    if (this.#length > this.limits.recordLength) {
      this.broken = true;
      yield bad(
        this.#line,
        `It is longer than ${count(this.limits.recordLength)} characters at line ${count(line)}; what follows is not read.`,
      );
    } else this.#held.push(text);
  }
}

/** Whether a file's first line opens a list or an object that goes on: then it is not one value a line. */
export function opensLayout(firstLine: string): boolean {
  const text = firstLine.trim();
  return text === '[' || text === '{' || /^\[\s*\{/.test(text) || /^\{.*[{[,]$/.test(text);
}

/** The values of a JSON file of either kind, by its first line that is not blank. */
export async function* jsonRecords(
  lines: AsyncGenerator<Found<string>>,
  limits: ImportLimits,
): AsyncGenerator<Found<unknown>> {
  const first: Found<string>[] = [];
  for (;;) {
    const next = await lines.next();
    if (next.done === true) break;
    first.push(next.value);
    if (!next.value.ok || next.value.value.trim() !== '') break;
  }
  const opener = first.at(-1);
  const rest = chained(first, lines);
  if (opener?.ok === true && opensLayout(opener.value)) yield* jsonValues(rest, limits);
  else yield* jsonLines(rest, limits);
}

async function* chained<T>(first: readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}
