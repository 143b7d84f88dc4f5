import type { Dialogue } from '../../contracts/dialogue';
import { fieldsOf, listField, nameField, field } from './json';
import { bad, good, type Found } from './limits';
import { plainSource, roleOf, type SourceDialogue, type SourceTurn } from './source';
import type { WriteContext } from './write-context';

/**
 * A conversation as CRSLab (Zhou et al., 2021) keeps its datasets: `dialog` with `role`, `text` (or its tokens) and
 * `movies`, which are titles or DBpedia resources. Entities and words are left out.
 */
export function readCrsLab(value: unknown, line: number): readonly Found<SourceDialogue>[] {
  const record = fieldsOf(value);
  const messages = record && listField(record, 'dialog');
  if (!record || !messages) return [bad(line, 'It has no list "dialog".')];
  const turns: SourceTurn[] = [];
  for (const entry of messages) {
    const message = fieldsOf(entry);
    const role = message && roleOf(field(message, 'role'));
    const text = message && textOf(field(message, 'text'));
    if (!message || role === null || text === null) {
      return [bad(line, 'An utterance of it lacks a known role or a text.')];
    }
    const movies = listField(message, 'movies') ?? [];
    turns.push({ role, text, titles: movies.flatMap((movie) => titleOf(movie) ?? []) });
  }
  const id = nameField(record, 'conv_id') ?? `line ${String(line)}`;
  return [good(line, plainSource(id, turns))];
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || !value.every((token) => typeof token === 'string')) return null;
  return value.join(' ');
}

const resource = /^<?https?:\/\/dbpedia\.org\/resource\/([^>]+)>?$/;

/** "<http://dbpedia.org/resource/It_(2017_film)>" is "It (2017)". */
export function titleOf(movie: unknown): string | null {
  if (typeof movie !== 'string') return null;
  const name = resource.exec(movie)?.[1];
  if (name === undefined) return movie.trim() === '' ? null : movie.trim();
  const title = decoded(name).replaceAll('_', ' ');
  return title.replace(/ \((?:(\d{4}) )?(?:film|movie)\)$/, (_, year: string | undefined) =>
    year === undefined ? '' : ` (${year})`,
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that stands for itself: the name is as it is written.
    return name;
  }
}

/** A dialogue as an element of CRSLab's list. */
export function writeCrsLab(dialogue: Dialogue, context: WriteContext): string {
  return JSON.stringify({
    conv_id: dialogue.id,
    dialog: dialogue.turns.map((turn, i) => ({
      utt_id: i,
      role: turn.role === 'user' ? 'Seeker' : 'Recommender',
      text: turn.text,
      movies: [...new Set(turn.mentions.map(({ item }) => context.label(item)))],
      entity: [],
      word: [],
    })),
    ...context.source(dialogue),
  });
}
