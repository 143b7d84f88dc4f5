import type { Role } from '../../contracts/action';
import type { Found } from './limits';

/** Who spoke in a seat of a dialogue that was taken in. */
export type Speaker = 'human' | 'model' | 'unknown';

export interface SourceTurn {
  role: Role;
  text: string;
  /** Titles that the source marks as named in this turn. */
  titles: readonly string[];
}

/** A dialogue as a file has it: words and titles, nothing linked yet. */
export interface SourceDialogue {
  /** The source's own id, or its place in the file. */
  id: string;
  turns: readonly SourceTurn[];
  speakers: Record<Role, Speaker>;
  /** What the source says of the user's taste; empty when nothing. */
  summary: string;
  /** Titles that the user liked, disliked or took, where the source says so. */
  liked: readonly string[];
  disliked: readonly string[];
  accepted: readonly string[];
}

export type ReadSource = (value: unknown, line: number) => readonly Found<SourceDialogue>[];

/** A source dialogue of which only the turns are known. */
export function plainSource(
  id: string,
  turns: readonly SourceTurn[],
  part: Partial<SourceDialogue> = {},
): SourceDialogue {
  return {
    id,
    turns,
    speakers: { user: 'unknown', recommender: 'unknown' },
    summary: '',
    liked: [],
    disliked: [],
    accepted: [],
    ...part,
  };
}

export const byHumans: Record<Role, Speaker> = { user: 'human', recommender: 'human' };
export const byModels: Record<Role, Speaker> = { user: 'model', recommender: 'model' };

const userNames = ['user', 'seeker', 'human', 'initiator'];
const recommenderNames = [
  'recommender',
  'assistant',
  'agent',
  'system',
  'bot',
  'gpt',
  'chatgpt',
  'respondent',
];

/** The seat that a source's name for a speaker means; `null` for a name that is not known. */
export function roleOf(name: unknown): Role | null {
  if (typeof name !== 'string') return null;
  const plain = name.trim().toLowerCase();
  if (userNames.includes(plain)) return 'user';
  return recommenderNames.includes(plain) ? 'recommender' : null;
}

/** Separate titles of a cell: "Title A (1999); Title B (2001)". */
export function titlesOfCell(cell: string): string[] {
  return cell
    .split(';')
    .map((title) => title.trim())
    .filter((title) => title !== '');
}
