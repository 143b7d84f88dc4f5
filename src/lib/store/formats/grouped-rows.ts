import type { Row } from './csv';
import { bad, good, type Found } from './limits';
import type { SourceDialogue, SourceTurn } from './source';

/** How a table of one turn a row is read. */
export interface TurnTable {
  /** The column with the dialogue's id. */
  id: string;
  turn: (row: Row) => SourceTurn | string;
  /** A dialogue from its rows, the first of which is given. */
  dialogue: (id: string, turns: readonly SourceTurn[], first: Row) => SourceDialogue;
}

interface OpenDialogue {
  id: string;
  line: number;
  first: Row;
  turns: SourceTurn[];
  isBad: boolean;
}

/**
 * Dialogues from a table of one turn a row, a dialogue's rows together. A bad row spoils its dialogue: what was left
 * out of it could not be told from what was never said.
 */
export async function* groupedRows(
  rows: AsyncIterable<Found<Row>>,
  table: TurnTable,
): AsyncGenerator<Found<SourceDialogue>> {
  const seen = new Set<string>();
  let open = null as OpenDialogue | null;
  const close = (): Found<SourceDialogue>[] =>
    open === null || open.isBad
      ? []
      : [good(open.line, table.dialogue(open.id, open.turns, open.first))];
  for await (const found of rows) {
    if (!found.ok) {
      yield found;
      if (open !== null && !open.isBad) {
        yield bad(open.line, `The dialogue "${open.id}" is left out, because a row in it is bad.`);
        open.isBad = true;
      }
      continue;
    }
    const { line, value: row } = found;
    const id = row.get(table.id)?.trim() ?? '';
    if (id === '') {
      yield bad(line, `It names no dialogue in the column "${table.id}".`);
      continue;
    }
    if (open?.id !== id) {
      yield* close();
      const isAgain = seen.has(id);
      if (isAgain) yield bad(line, `The dialogue "${id}" goes on here after another one began.`);
      seen.add(id);
      open = { id, line, first: row, turns: [], isBad: isAgain };
    }
    const turn = table.turn(row);
    if (typeof turn !== 'string') open.turns.push(turn);
    else {
      yield bad(line, turn);
      open.isBad = true;
    }
  }
  yield* close();
}
