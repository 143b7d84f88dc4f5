import type { Dialogue } from '../../contracts/dialogue';
import { formatActions } from '../../action/format';
import { csvLine, plainCell, type Row } from './csv';
import type { TurnTable } from './grouped-rows';
import { plainSource, roleOf, titlesOfCell } from './source';
import type { WriteContext } from './write-context';

/** Columns of a table of one turn a row; others are left alone. Only the first, third and fourth are needed. */
export const turnColumns = [
  'dialogue_id',
  'turn',
  'role',
  'text',
  'actions',
  'titles',
  'profile_id',
  'summary',
  'outcome',
  'accepted',
  'user',
  'recommender',
  'seed',
  'dataset',
  'licence',
  'attribution',
] as const;

/** Our own table, and any that names its columns alike. Cells are read as they were before they were made inert. */
export const turnTable: TurnTable = {
  id: 'dialogue_id',
  turn: (row) => {
    const role = roleOf(row.get('role'));
    if (role === null) return 'Its role is neither user nor recommender.';
    const text = row.get('text');
    if (text === undefined) return 'It has no column "text".';
    const actions = plainCell(row.get('actions') ?? '');
    const said = plainCell(text);
    return {
      role,
      text: actions === '' ? said : `${actions}\n${said}`,
      titles: titlesOfCell(plainCell(row.get('titles') ?? '')),
    };
  },
  dialogue: (id, turns, first) =>
    plainSource(plainCell(id), turns, {
      summary: plainCell(first.get('summary') ?? ''),
      accepted: titlesOfCell(plainCell(first.get('accepted') ?? '')),
      speakers: { user: speakerOf(first, 'user'), recommender: speakerOf(first, 'recommender') },
    }),
};

function speakerOf(row: Row, column: string): 'human' | 'model' | 'unknown' {
  const name = row.get(column) ?? '';
  if (name === '') return 'unknown';
  return name === 'human' ? 'human' : 'model';
}

export const turnTableHeader = csvLine(turnColumns);

/** A dialogue as rows of our table. */
export function writeTurns(dialogue: Dialogue, context: WriteContext): string {
  const { dataset, licence, attribution = '' } = context.source(dialogue);
  const { models, outcome } = dialogue;
  return dialogue.turns
    .map((turn, i) =>
      csvLine([
        dialogue.id,
        String(i),
        turn.role,
        turn.text,
        actionLine(turn.actions, context),
        [...new Set(turn.mentions.map(({ item }) => context.label(item)))].join('; '),
        dialogue.profileId,
        dialogue.profile.summary,
        outcome?.status ?? '',
        (outcome?.accepted ?? []).map(context.label).join('; '),
        models.user.id,
        models.recommender.id,
        String(dialogue.seed),
        dataset,
        licence,
        attribution,
      ]),
    )
    .join('');
}

function actionLine(actions: Dialogue['turns'][number]['actions'], context: WriteContext): string {
  const labelled = actions.map(({ type, items }) =>
    items === undefined ? { type } : { type, items: items.map(context.label) },
  );
  return formatActions(labelled);
}
