import type { Dialogue } from '../../contracts/dialogue';
import { fieldsOf, listField, nameField, textField, type Fields } from './json';
import { bad, good, type Found } from './limits';
import { byModels, plainSource, type SourceDialogue, type SourceTurn } from './source';
import type { WriteContext } from './write-context';

const spoken = /^\s*(Seeker|Recommender):\s?([\s\S]*)$/;

/**
 * PEARL (Kim et al., 2024): a list of utterances that begin with "Seeker:" or "Recommender:", and a persona from
 * reviews. Two models spoke.
 */
export function readPearl(value: unknown, line: number): readonly Found<SourceDialogue>[] {
  const record = fieldsOf(value);
  const utterances = record && (listField(record, 'dialogue') ?? listField(record, 'prediction'));
  if (!record || !utterances) return [bad(line, 'It has no list "dialogue".')];
  const turns: SourceTurn[] = [];
  for (const utterance of utterances) {
    if (utterance === '') continue;
    const match = typeof utterance === 'string' ? spoken.exec(utterance) : null;
    if (!match)
      return [bad(line, 'An utterance of it begins neither with "Seeker:" nor "Recommender:".')];
    turns.push({
      role: match[1] === 'Seeker' ? 'user' : 'recommender',
      text: match[2] ?? '',
      titles: [],
    });
  }
  return [
    good(
      line,
      plainSource(idOf(record, line), turns, { speakers: byModels, summary: personaOf(record) }),
    ),
  ];
}

function idOf(record: Fields, line: number): string {
  const names = ['data_id', 'dialogue_id', 'dialog_id', 'id', 'index'];
  for (const name of names) {
    const id = nameField(record, name);
    if (id !== null) return id;
  }
  return `line ${String(line)}`;
}

/** Longest persona that is kept as a summary. */
const longest = 1000;

function personaOf(record: Fields): string {
  const text = (textField(record, 'user_persona') ?? '').replace(/\s+/g, ' ').trim();
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** A dialogue as a record of PEARL's format, the summary for its persona. */
export function writePearl(dialogue: Dialogue, context: WriteContext): string {
  return JSON.stringify({
    data_id: dialogue.id,
    user_id: dialogue.profileId,
    user_persona: dialogue.profile.summary,
    dialogue: dialogue.turns.map(
      ({ role, text }) => `${role === 'user' ? 'Seeker' : 'Recommender'}: ${text}`,
    ),
    ...context.source(dialogue),
  });
}
