import type { Item, ItemId } from '../contracts';
import { contextBits, evidenceNeeded, frameOf, type TextFrame } from './evidence';
import { tokenize } from './text';
import { createTitleIndex, type TitleKey } from './title-index';
import { findCandidates, type Candidate } from './title-search';
import { phrasesAt, type TrieNode } from './trie';

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

const yearBonus = 20;
const slipMalus = 4;
/** A word that is no word but nearly a title: how much that tells, in bits. */
const loneSlipBits = 24;
const formMalus = 3;

function byFame(a: TitleKey, b: TitleKey): number {
  return (
    a.rank - b.rank ||
    b.item.popularity - a.item.popularity ||
    (a.item.id < b.item.id ? -1 : a.item.id > b.item.id ? 1 : 0)
  );
}

/** Bits that the words alone give, slips taken off; the measure by which overlapping matches compete. */
function ownBits(candidate: Candidate, key: TitleKey): number {
  const lone = candidate.slips > 0 && key.words.length === 1;
  const bits = lone ? loneSlipBits : key.bits;
  return bits - slipMalus * candidate.slips - (key.change === 'article' ? formMalus : 0);
}

function toLink(candidate: Candidate, keys: readonly TitleKey[]): LinkedTitle | null {
  const sorted = [...keys].sort(byFame);
  const best = sorted[0];
  if (best === undefined) return null;
  const others = new Set(sorted.map((key) => key.item.id));
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

interface Weighed {
  candidate: Candidate;
  keys: TitleKey[];
  weight: number;
}

function weigh(frame: TextFrame, candidate: Candidate): Weighed | null {
  const context =
    contextBits(frame, candidate.from, candidate.to) + (candidate.year === null ? 0 : yearBonus);
  const keys = candidate.keys.filter((key) => ownBits(candidate, key) + context >= evidenceNeeded);
  if (keys.length === 0) return null;
  const weight = Math.max(...keys.map((key) => ownBits(candidate, key)));
  return { candidate, keys, weight: weight + (candidate.year === null ? 0 : 1) };
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
 * (see `evidence.ts`). `people`: names that are no titles.
 */
export function createLinker(items: readonly Item[], people: TrieNode<string>): Linker {
  const index = createTitleIndex(items);
  return {
    link(text) {
      const frame = frameOf(text, tokenize(text));
      const names = nameRanges(frame, people);
      const weighed = findCandidates(frame, index)
        .filter(
          ({ from, to }) =>
            !names.some(
              (name) => name.from <= from && name.to >= to && name.to - name.from > to - from,
            ),
        )
        .flatMap((candidate) => weigh(frame, candidate) ?? [])
        .sort((a, b) => b.weight - a.weight || a.candidate.from - b.candidate.from);
      const chosen: LinkedTitle[] = [];
      for (const { candidate, keys } of weighed) {
        if (chosen.some((link) => link.start < candidate.end && link.end > candidate.start))
          continue;
        const link = toLink(candidate, keys);
        if (link !== null) chosen.push(link);
      }
      return chosen.sort((a, b) => a.start - b.start);
    },
    resolveTitle(text) {
      const trimmed = text.trim().replace(/^["“'‘*_]+|["”'’*_.]+$/gu, '');
      const exact = index.byLabel.get(trimmed.toLowerCase());
      if (exact !== undefined) return exact;
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
