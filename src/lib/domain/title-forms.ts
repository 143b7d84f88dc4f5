import { numeralVariants } from './numerals';
import { tokenize, wordsOf } from './text';

/** One way in which people write a title. */
export interface TitleForm {
  words: readonly string[];
  /** `article`: the leading article is left out; `moved`: it stands after a comma; `joined`: two words run together. */
  change: 'none' | 'article' | 'moved' | 'joined' | 'part';
}

const englishArticles = new Set(['the', 'a', 'an']);
/** Moved like English ones, but never left out: they are half the name. */
const otherArticles = new Set(['la', 'le', 'les', 'el', 'los', 'las', 'il', 'der', 'die', 'das']);

export function isArticle(word: string): boolean {
  return englishArticles.has(word);
}

/** "Spider-Man" as "spiderman", "M*A*S*H" as "mash": words without the marks that part them. */
function closedWords(title: string): string[] {
  const closed = title.replace(/(?<=[\p{L}\p{N}])[-‐‑–·*](?=[\p{L}\p{N}])/gu, '');
  return closed === title ? [] : wordsOf(closed);
}

function withArticles(words: readonly string[]): TitleForm[] {
  const [first, ...rest] = words;
  if (first === undefined || rest.length === 0) return [];
  const forms: TitleForm[] = [];
  if (englishArticles.has(first)) forms.push({ words: rest, change: 'article' });
  if (englishArticles.has(first) || otherArticles.has(first)) {
    forms.push({ words: [...rest, first], change: 'moved' });
  }
  return forms;
}

/** All forms of a title, each once, its own first. */
export function titleForms(title: string): TitleForm[] {
  const own = wordsOf(title);
  const bases = [own, ...numeralVariants(own)];
  const closed = closedWords(title);
  if (closed.length > 0) bases.push(closed, ...numeralVariants(closed));
  const forms: TitleForm[] = bases.flatMap((words) => [
    { words, change: 'none' as const },
    ...withArticles(words),
  ]);
  const [first, second] = own;
  if (own.length === 2 && first !== undefined && second !== undefined && !isArticle(first)) {
    if (first.length >= 3 && second.length >= 3) {
      forms.push({ words: [first + second], change: 'joined' });
    }
  }
  const seen = new Set<string>();
  return forms.filter((form) => {
    const key = form.words.join(' ');
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What stands before and after a title's first colon or dash; `null` when it has none. */
export function titleParts(title: string): { head: string; tail: string } | null {
  const match = /^(.{2,}?)(?::| [–—-]) (.+)$/u.exec(title);
  const head = match?.[1];
  const tail = match?.[2];
  return head === undefined || tail === undefined ? null : { head, tail };
}

/** True when a title itself ends a sentence in its middle ("Tora! Tora! Tora!"), so that gaps may too. */
export function hasInnerStop(title: string): boolean {
  const tokens = tokenize(title);
  return tokens.some((token, i) => {
    const next = tokens[i + 1];
    return next !== undefined && /[.!?]/.test(title.slice(token.end, next.start));
  });
}
