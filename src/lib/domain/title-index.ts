import type { Item } from '../contracts';
import { everydayBits } from './everyday-words';
import { isEverydayWord, wordBits } from './evidence';
import { isPartWord } from './numerals';
import { createNearWords, type NearWords } from './near-words';
import { wordsOf } from './text';
import { hasInnerStop, titleForms, titleParts, type TitleForm } from './title-forms';
import { addPhrase, createTrie, type TrieNode } from './trie';

/** One way to write one item's title, as the index holds it. */
export interface TitleKey {
  item: Item;
  words: readonly string[];
  kind: 'title' | 'alias';
  /** 0 the title itself, 1 a form of it, 2 an alias, 3 a part of the title. */
  rank: 0 | 1 | 2 | 3;
  change: TitleForm['change'];
  /** Sentence marks may stand between its words, as they do in the title. */
  loose: boolean;
  /** Surprise of its words in bits. */
  bits: number;
}

/** Every way to write every title, for search by first word and by slips. */
export interface TitleIndex {
  trie: TrieNode<TitleKey>;
  near: NearWords;
  /** Words of titles. */
  vocabulary: ReadonlySet<string>;
  /** Items by label in lower case. */
  byLabel: ReadonlyMap<string, Item>;
}

interface Draft {
  forms: readonly TitleForm[];
  kind: TitleKey['kind'];
  rank: TitleKey['rank'];
  source: string;
}

function keyOf(item: Item, form: TitleForm, draft: Draft): TitleKey {
  return {
    item,
    words: form.words,
    kind: draft.kind,
    rank: form.change === 'none' || draft.rank > 1 ? draft.rank : 1,
    change: form.change,
    loose: hasInnerStop(draft.source),
    bits: form.words.reduce((sum, word) => sum + wordBits(word), 0),
  };
}

/** "Toy Story 1" where the catalogue holds "Toy Story" and "Toy Story 2". */
function firstOfSeries(item: Item, known: ReadonlySet<string>): TitleForm[] {
  const words = wordsOf(item.title);
  return known.has([...words, '2'].join(' ')) ? [{ words: [...words, '1'], change: 'part' }] : [];
}

/** A head or tail of a title names the item only where it is no other item's title, head or tail. */
function partDrafts(items: readonly Item[], taken: ReadonlySet<string>): Map<Item, Draft> {
  const owners = new Map<string, Item[]>();
  const note = (text: string, item: Item) => {
    const key = wordsOf(text).join(' ');
    const owner = owners.get(key) ?? [];
    if (!owner.includes(item)) owner.push(item);
    owners.set(key, owner);
  };
  for (const item of items) {
    const parts = titleParts(item.title);
    if (parts === null) continue;
    note(parts.head, item);
    // "Part II" or one word alone names nothing.
    if (wordsOf(parts.tail).length > 1 && !isPartWord(wordsOf(parts.tail)[0] ?? '')) {
      note(parts.tail, item);
    }
  }
  const drafts = new Map<Item, Draft>();
  for (const [key, [item, ...others]] of owners) {
    const words = key.split(' ');
    if (item === undefined || others.length > 0 || taken.has(key)) continue;
    if (words.every(isEverydayWord) && words.length < 4) continue;
    if (words.length < 2 && key.length < 6) continue;
    const forms = [...(drafts.get(item)?.forms ?? []), { words, change: 'part' as const }];
    drafts.set(item, { forms, kind: 'alias', rank: 3, source: item.title });
  }
  return drafts;
}

/** Builds the index; about 0.3 s for 6,500 items. */
export function createTitleIndex(items: readonly Item[]): TitleIndex {
  const trie = createTrie<TitleKey>();
  const vocabulary = new Set<string>();
  const taken = new Set<string>();
  const add = (item: Item, draft: Draft) => {
    const inner = keyOf(item, { words: [], change: 'none' }, draft).loose;
    for (const form of draft.forms) {
      const key = { ...keyOf(item, form, draft), loose: inner };
      addPhrase(trie, form.words, key);
      taken.add(form.words.join(' '));
      for (const word of form.words) vocabulary.add(word);
    }
  };
  for (const item of items) {
    add(item, { forms: titleForms(item.title), kind: 'title', rank: 0, source: item.title });
    for (const alias of item.aliases) {
      add(item, { forms: titleForms(alias), kind: 'alias', rank: 2, source: alias });
    }
  }
  for (const item of items) {
    const forms = firstOfSeries(item, taken);
    add(item, { forms, kind: 'alias', rank: 2, source: item.title });
  }
  for (const [item, draft] of partDrafts(items, taken)) add(item, draft);
  return {
    trie,
    vocabulary,
    near: createNearWords(new Set([...vocabulary, ...everydayBits.keys()])),
    byLabel: new Map(items.map((item) => [item.label.toLowerCase(), item])),
  };
}
