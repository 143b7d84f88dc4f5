import type { ActionType, Role, Violation } from '../../lib/contracts/action';
import { LabError } from '../../lib/contracts/errors';
import { parseTurn } from '../../lib/action/parser';
import type { Catalogue } from '../../lib/domain/catalogue';

/** What the parser makes of a turn: all that an evaluation outside the program needs. */
export interface TurnReading {
  types: readonly ActionType[];
  violations: readonly Violation['kind'][];
}

interface RawTurn {
  role: Role;
  raw: string;
  /** The dialogue so far; absent where it does not matter what feedback is about. */
  named?: string;
}

function isRawTurn(value: unknown): value is RawTurn {
  if (typeof value !== 'object' || value === null) return false;
  const { role, raw, named } = value as Record<string, unknown>;
  return (
    (role === 'user' || role === 'recommender') &&
    typeof raw === 'string' &&
    (named === undefined || typeof named === 'string')
  );
}

function parseLine(line: string, number: number): RawTurn {
  let value: unknown = null;
  try {
    value = JSON.parse(line);
  } catch {
    // Said below, with the line's number.
  }
  if (isRawTurn(value)) return value;
  throw new LabError(
    'bad-input',
    `Line ${String(number)} is not {"role", "raw", "named"?}. Correct it and run the command again.`,
  );
}

/**
 * Reads turns as the program would. Without the dialogue's record, what its text names counts as recommended, and
 * without its text every item does. Errors: `bad-input` naming the line.
 */
export function readRawTurns(
  lines: readonly string[],
  catalogue: Catalogue,
): readonly TurnReading[] {
  return lines.map((line, i) => {
    const { role, raw, named } = parseLine(line, i + 1);
    const links = named === undefined ? [] : catalogue.link(named);
    const { actions, violations } = parseTurn(raw, {
      role,
      resolve: (title) => (catalogue.byLabel(title) ?? catalogue.resolveTitle(title))?.id ?? null,
      recommended: new Set(links.flatMap(({ item, homonyms }) => [item, ...homonyms])),
    });
    return {
      types: actions.map(({ type }) => type),
      violations: violations
        .map(({ kind }) => kind)
        .filter((kind) => kind !== 'not-recommended' || named !== undefined),
    };
  });
}
