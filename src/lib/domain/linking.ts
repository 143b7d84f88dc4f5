import type { Item, ItemId } from '../contracts';
import { contextBits, evidenceNeeded, frameOf, nameMalus, type TextFrame } from './evidence';
import { tokenize, wordsOf } from './text';
import { createTitleIndex, type TitleKey } from './title-index';
import { findCandidates, type Candidate } from './title-search';
import { addPhrase, phrasesAt, type TrieNode } from './trie';

/** A title found in free text. */
export interface LinkedTitle {
  item: ItemId;
  /** Half-open range of UTF-16 units, the year included when one was said. */
  start: number;
  end: number;
  /** `label`: title and year; `title`: a form of the title; `alias`: another name; `fuzzy`: with typing slips. */
  match: 'label' | 'title' | 'alias' | 'fuzzy';
  /** Other items that the same words could mean, the best known first. */
  homonyms: readonly ItemId[];
}

export interface Linker {
  /** Titles in the text, in order, none overlapping. */
  link(text: string): LinkedTitle[];
  /** The item that the whole text names; `null` when it names none. */
  resolveTitle(text: string): Item | null;
}

/** Masked like names: a title within them is not meant. */
const setPhrases = [
  'black and white',
  'the rock',
  'happy holidays',
  'black mirror',
  'made in China',
];
const yearBonus = 20;
const slipMalus = 4;
/** A word that is no word but nearly a title: how much that tells, in bits. */
const loneSlipBits = 20;
const shortLoneSlipBits = 14;
const formMalus = 3;
/** "Matrix, The" is written of titles only. */
const movedBonus = 10;
/** Beside a title that is sure: "Alien and ...". */
const besideBonus = 6;
/** A title that is also a word for a kind of item: "Romance", "War". */
const categoryMalus = 8;

/** How much a form of a title is worth beside fame, by its key's rank. */
const rankFactor = [4, 1, 0.5, 0.25] as const;

/** Whom the words mean: the exact title, unless another form's item is far better known. */
function byFame(a: TitleKey, b: TitleKey): number {
  const fame = (key: TitleKey) => (key.item.popularity + 0.5) * rankFactor[key.rank];
  return fame(b) - fame(a) || (a.item.id < b.item.id ? -1 : a.item.id > b.item.id ? 1 : 0);
}

/** Bits that the words alone give, slips taken off; the measure by which overlapping matches compete. */
function ownBits(candidate: Candidate, key: TitleKey): number {
  const lone = candidate.slips > 0 && key.words.length === 1;
  const short = (key.words[0]?.length ?? 0) < 6;
  const bits = lone ? (short ? shortLoneSlipBits : loneSlipBits) : key.bits;
  return (
    bits -
    slipMalus * candidate.slips -
    (key.change === 'article' ? formMalus : 0) +
    (key.change === 'moved' ? movedBonus : 0)
  );
}

function toLink(candidate: Candidate, sure: readonly TitleKey[]): LinkedTitle | null {
  const best = [...sure].sort(byFame)[0];
  if (best === undefined) return null;
  // That a film is meant needs evidence once; which one of the name, the words do not say.
  const others = new Set([...candidate.keys].sort(byFame).map((key) => key.item.id));
  others.delete(best.item.id);
  const exact = candidate.year !== null && best.kind === 'title' ? 'label' : best.kind;
  return {
    item: best.item.id,
    start: candidate.start,
    end: candidate.end,
    match: candidate.slips > 0 ? 'fuzzy' : exact,
    homonyms: [...others],
  };
}

/** Bounds of what fame adds, so that it neither makes nor bars a title by itself. */
const leastFame = -3;
const mostFame = 6;

/**
 * How much fame speaks for a title: 1.2 log2 of its share of all mentions, plus 14 bits. Of 20,000 mentions none
 * gives -3 bits, 6 give 0, 60 give 4.
 */
function fameOf(items: readonly Item[]): (key: TitleKey) => number {
  const all = items.reduce((sum, item) => sum + item.popularity + 0.5, 0);
  return ({ item }) => {
    const bits = 1.2 * Math.log2((item.popularity + 0.5) / all) + 14;
    return Math.max(leastFame, Math.min(mostFame, bits));
  };
}

/** Words this surprising are seldom there by chance. */
const rareBits = 15;
const listGap = /^\s*(?:,|&|and\b|or\b)(?:\s*(?:and|or)\b)?(?:\s+the\b)?\s*$/i;

interface Weighed {
  candidate: Candidate;
  keys: TitleKey[];
  weight: number;
}

function weigh(
  frame: TextFrame,
  candidate: Candidate,
  categories: ReadonlySet<string>,
  beside: number,
  fame: (key: TitleKey) => number,
): Weighed | null {
  const context =
    contextBits(frame, candidate.from, candidate.to) +
    (candidate.year === null ? 0 : yearBonus) +
    beside;
  const keys = candidate.keys.filter((key) => {
    const category = categories.has(key.words.join(' ')) ? categoryMalus : 0;
    return ownBits(candidate, key) + context + fame(key) - category >= evidenceNeeded;
  });
  if (keys.length === 0) return null;
  const weight = Math.max(...keys.map((key) => ownBits(candidate, key)));
  return { candidate, keys, weight: weight + (candidate.year === null ? 0 : 1) };
}

/** True when it lies within a person's name, or is one and no year says that the film is meant. */
function isWithinName(one: Candidate, names: readonly { from: number; to: number }[]): boolean {
  return names.some(
    ({ from, to }) =>
      from <= one.from && to >= one.to && (to - from > one.to - one.from || one.year === null),
  );
}

/** True when the same words, or more, are a title without any slip. */
function isExactToo(one: Candidate, found: readonly Candidate[]): boolean {
  return found.some((other) => other.slips === 0 && other.from <= one.from && other.to >= one.to);
}

/** The weightiest matches that do not overlap. */
function chooseLinks(weighed: readonly Weighed[]): LinkedTitle[] {
  const chosen: LinkedTitle[] = [];
  const order = [...weighed].sort(
    (a, b) => b.weight - a.weight || a.candidate.from - b.candidate.from,
  );
  for (const { candidate, keys } of order) {
    if (chosen.some((link) => link.start < candidate.end && link.end > candidate.start)) continue;
    const link = toLink(candidate, keys);
    if (link !== null) chosen.push(link);
  }
  return chosen;
}

/**
 * What titles that are sure add to one beside them: for each side where only "and", "or" or a comma parts them; more
 * where nothing does, because then its neighbour's capital is no sign of a person's name.
 */
function besideBits(
  frame: TextFrame,
  { start, end, from, keys }: Candidate,
  sure: readonly LinkedTitle[],
): number {
  let bits = 0;
  const rare = (keys[0]?.bits ?? 0) >= rareBits && (frame.tokens[from]?.capital ?? false);
  for (const link of sure) {
    const between =
      link.end <= start
        ? frame.text.slice(link.end, start)
        : link.start >= end
          ? frame.text.slice(end, link.start)
          : null;
    if (between === null) continue;
    if (between.trim() === '') bits += rare ? nameMalus : 0;
    else if (listGap.test(between)) bits += besideBonus;
  }
  return bits;
}

/** Word ranges of people's names: a title within one ("Lincoln" in "Abraham Lincoln") is not meant. */
function nameRanges(frame: TextFrame, people: TrieNode<string>): { from: number; to: number }[] {
  return frame.tokens.flatMap((_, from) =>
    phrasesAt(people, frame.tokens, from)
      .filter((hit) => hit.length > 1)
      .map((hit) => ({ from, to: from + hit.length })),
  );
}

/**
 * Finds catalogue titles in talk. It survives years kept or dropped, moved articles, case, diacritics,
 * numerals in any spelling and typing slips; the longest reading wins; titles made of everyday words need evidence
 * (see `evidence.ts`). `people`: names that are no
 * titles; `categories`: words for kinds of items.
 */
export function createLinker(
  items: readonly Item[],
  people: TrieNode<string>,
  categories: ReadonlySet<string>,
): Linker {
  const index = createTitleIndex(items);
  const fame = fameOf(items);
  for (const phrase of setPhrases) addPhrase(people, wordsOf(phrase), phrase);
  return {
    link(text) {
      const frame = frameOf(text, tokenize(text));
      const names = nameRanges(frame, people);
      const found = findCandidates(frame, index);
      const candidates = found.filter(
        (one) => !isWithinName(one, names) && !(one.slips > 0 && isExactToo(one, found)),
      );
      const choose = (beside: (candidate: Candidate) => number) =>
        chooseLinks(
          candidates.flatMap((one) => weigh(frame, one, categories, beside(one), fame) ?? []),
        );
      const sure = choose(() => 0);
      const chosen = sure.length === 0 ? sure : choose((one) => besideBits(frame, one, sure));
      return chosen.sort((a, b) => a.start - b.start);
    },
    resolveTitle(text) {
      const named = index.byLabel.get(text.trim().toLowerCase());
      if (named !== undefined) return named;
      const trimmed = text.trim().replace(/^["“'‘*_]+|["”'’*_.]+$/gu, '');
      const frame = frameOf(trimmed, tokenize(trimmed));
      const count = frame.tokens.length;
      const whole = findCandidates(frame, index)
        .filter(({ from, to, year }) => from === 0 && to + (year === null ? 0 : 1) === count)
        .sort((a, b) => a.slips - b.slips);
      const [best] = whole;
      if (best === undefined) return null;
      const keys = whole
        .filter((candidate) => candidate.slips === best.slips)
        .flatMap((candidate) => [...candidate.keys]);
      return [...keys].sort(byFame)[0]?.item ?? null;
    },
  };
}
