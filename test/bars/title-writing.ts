import type { Random } from '../../src/lib/domain/random';
import { splitYear } from '../../src/lib/domain/film-source';

export type WrittenForm = 'year kept' | 'year dropped' | 'lower case' | 'article moved';

/** A title as people write it; where there is no article to move, the year is dropped. */
export function titleInForm(name: string, form: WrittenForm): string {
  const { title } = splitYear(name);
  if (form === 'year kept') return name;
  if (form === 'lower case') return title.toLowerCase();
  if (form === 'article moved') return title.replace(/^(The|A|An) (.+)$/, '$2, $1');
  return title;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** One slip of the keyboard within a word of four letters or more: one dropped, doubled, swapped or wrong. */
export function titleWithSlip(title: string, random: Random): string | null {
  const words = [...title.matchAll(/[A-Za-z]{4,}/g)];
  const word = words[Math.floor(random() * words.length)];
  if (word === undefined) return null;
  const text = word[0];
  const at = 1 + Math.floor(random() * (text.length - 1));
  const kind = Math.floor(random() * 4);
  const slip = (): string => {
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
    if (kind === 1) return text.slice(0, at) + text.charAt(at) + text.slice(at);
    if (kind === 2 && at + 1 < text.length && text.charAt(at) !== text.charAt(at + 1)) {
      return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
    }
    const others = letters.replace(text.charAt(at).toLowerCase(), '');
    const wrong = others.charAt(Math.floor(random() * others.length));
    return text.slice(0, at) + wrong + text.slice(at + 1);
  };
  return title.slice(0, word.index) + slip() + title.slice(word.index + text.length);
}
