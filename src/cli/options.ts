import { parseArgs } from 'node:util';
import { LabError } from '../lib/contracts/errors';

/** One flag of a command, as `--help` shows it and as its value is checked. */
export interface Flag {
  /** What stands for the value in the help; absent for a switch. */
  value?: string;
  help: string;
  /** Shown in the help; the command applies it. */
  default?: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** Values by flag: text where given, `true` for a switch. */
export type Given = Readonly<Record<string, string | boolean | undefined>>;

/** Reads a command line. Errors: `bad-config` for an unknown flag, a missing value, a stray word. */
export function readOptions(args: readonly string[], flags: Flags): Given {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(
          Object.entries(flags).map(([name, { value }]) => [
            name,
            { type: value === undefined ? ('boolean' as const) : ('string' as const) },
          ]),
        ),
        help: { type: 'boolean' as const },
      },
      allowPositionals: false,
    });
    return values;
  } catch (reason) {
    const words = reason instanceof Error ? (reason.message.split('. ')[0] ?? '') : String(reason);
    throw new LabError('bad-config', `${words}. See --help for what there is.`);
  }
}

/** The text of a flag; `undefined` when it was not given. */
export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

interface Bounds {
  least: number;
  most?: number;
  whole?: boolean;
}

/** A number of a flag. Errors: `bad-config` when it is none or out of bounds. */
export function numberOf(
  given: Given,
  name: string,
  fallback: number,
  { least, most = Number.MAX_SAFE_INTEGER, whole = true }: Bounds,
): number {
  const text = textOf(given, name);
  if (text === undefined) return fallback;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (
    !Number.isFinite(value) ||
    value < least ||
    value > most ||
    (whole && !Number.isInteger(value))
  ) {
    const kind = whole ? 'a whole number' : 'a number';
    const range =
      most === Number.MAX_SAFE_INTEGER
        ? `of at least ${String(least)}`
        : `from ${String(least)} to ${String(most)}`;
    throw new LabError('bad-config', `--${name} must be ${kind} ${range}, not "${text}".`);
  }
  return value;
}

/** One of some words. Errors: `bad-config` for any other. */
export function choiceOf<T extends string>(
  given: Given,
  name: string,
  fallback: T,
  choices: readonly T[],
): T {
  const text = textOf(given, name);
  if (text === undefined) return fallback;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) {
    throw new LabError(
      'bad-config',
      `--${name} must be one of ${choices.join(', ')}, not "${text}".`,
    );
  }
  return found;
}

/** The help text of a command. */
export function helpText(usage: string, about: string, flags: Flags): string {
  const rows = Object.entries(flags).map(
    ([name, flag]) =>
      [`--${name}${flag.value === undefined ? '' : ` ${flag.value}`}`, flag] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = rows.map(([left, flag]) => {
    const preset = flag.default === undefined ? '' : ` (default: ${flag.default})`;
    return `  ${left.padEnd(width)}${flag.help}${preset}`;
  });
  return `Usage: ${usage}\n\n${about}\n\n${lines.join('\n')}\n  ${'--help'.padEnd(width)}this text\n`;
}
