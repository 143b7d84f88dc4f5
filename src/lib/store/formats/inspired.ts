import type { Dialogue } from '../../contracts/dialogue';
import { csvLine, plainCell, type Row } from './csv';
import type { TurnTable } from './grouped-rows';
import { byHumans, plainSource, roleOf, titlesOfCell } from './source';
import type { WriteContext } from './write-context';

/**
 * INSPIRED (Hayati et al., 2020): a table of one utterance a row, with `dialog_id`, `speaker`, `text` and the films that
 * it names in `movies`. Its labels of sociable strategies are left out.
 */
export const inspiredTable: TurnTable = {
  id: 'dialog_id',
  turn: (row: Row) => {
    const role = roleOf(row.get('speaker'));
    if (role === null) return 'Its speaker is neither SEEKER nor RECOMMENDER.';
    const text = row.get('text');
    if (text === undefined) return 'It has no column "text".';
    return {
      role,
      text: plainCell(text),
      titles: titlesOfCell(plainCell(row.get('movies') ?? '')),
    };
  },
  dialogue: (id, turns) => plainSource(id, turns, { speakers: byHumans }),
};

export const inspiredHeader = csvLine(
  ['dialog_id', 'utt_id', 'speaker', 'text', 'movies', 'dataset', 'licence', 'attribution'],
  '\t',
);

/** A dialogue as rows of INSPIRED's format. */
export function writeInspired(dialogue: Dialogue, context: WriteContext): string {
  const { dataset, licence, attribution = '' } = context.source(dialogue);
  return dialogue.turns
    .map((turn, i) =>
      csvLine(
        [
          dialogue.id,
          String(i),
          turn.role === 'user' ? 'SEEKER' : 'RECOMMENDER',
          turn.text,
          [...new Set(turn.mentions.map(({ item }) => context.label(item)))].join('; '),
          dataset,
          licence,
          attribution,
        ],
        '\t',
      ),
    )
    .join('');
}
