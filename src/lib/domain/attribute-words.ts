import type { Attribute, DomainPack } from '../contracts';
import { isEverydayWord } from './evidence';
import { tokenize, wordsOf } from './text';
import { addPhrase, createTrie, phrasesAt, type TrieNode } from './trie';

/** An attribute that a text speaks of. */
export interface AttributeMention {
  attribute: Attribute;
  /** Half-open range of UTF-16 units. */
  start: number;
  end: number;
}

export interface AttributeFinder {
  find(text: string): AttributeMention[];
  /** Full names of all people, for the linker. */
  people: TrieNode<string>;
  /** Normalised words and synonyms of all categories. */
  categories: ReadonlySet<string>;
}

const decadeWords: Readonly<Record<string, string>> = {
  twenties: '20',
  thirties: '30',
  forties: '40',
  fifties: '50',
  sixties: '60',
  seventies: '70',
  eighties: '80',
  nineties: '90',
};
/** A surname stands for one person when they hold at least this share of the bearers' films ... */
const surnameShare = 0.75;
/** ... and this many of them. */
const surnameItems = 4;

interface Entry {
  attribute: Attribute;
  /** Surnames need their capital. */
  cased: boolean;
}

/** How people write a decade: "1990s", "90s", "nineties"; this century only in full ("2010s"). */
export function decadeForms(value: string): string[] {
  const match = /^(\d\d)(\d0)s$/.exec(value);
  const short = match?.[2];
  if (match === null || short === undefined) return [value];
  const forms = [value, `${value.slice(0, 4)} s`];
  if (match[1] !== '19') return forms;
  const word = Object.entries(decadeWords).find(([, digits]) => digits === short)?.[0];
  return [...forms, `${short}s`, `${short} s`, ...(word === undefined ? [] : [word])];
}

interface Person {
  attribute: Attribute;
  items: number;
}

function peopleOf(pack: DomainPack): Person[] {
  const people = new Map<string, Person>();
  const types = pack.attributeTypes.filter((type) => type.kind === 'person');
  for (const item of pack.items) {
    for (const { id: type } of types) {
      for (const value of item.attributes[type] ?? []) {
        const key = `${type}\u0000${value}`;
        const person = people.get(key) ?? { attribute: { type, value }, items: 0 };
        person.items++;
        people.set(key, person);
      }
    }
  }
  return [...people.values()];
}

/** Surnames that point to one name, with that name. */
function clearSurnames(people: readonly Person[]): Map<string, string> {
  const bearers = new Map<string, Map<string, number>>();
  for (const { attribute, items } of people) {
    const words = wordsOf(attribute.value);
    const surname = words[words.length - 1];
    if (surname === undefined || words.length < 2 || surname.length < 4) continue;
    if (isEverydayWord(surname)) continue;
    const names = bearers.get(surname) ?? new Map<string, number>();
    names.set(attribute.value, (names.get(attribute.value) ?? 0) + items);
    bearers.set(surname, names);
  }
  const clear = new Map<string, string>();
  for (const [surname, names] of bearers) {
    const total = [...names.values()].reduce((sum, count) => sum + count, 0);
    for (const [name, count] of names) {
      if (count / total >= surnameShare && count >= surnameItems) clear.set(surname, name);
    }
  }
  return clear;
}

/**
 * Finds the attributes that a text speaks of: categories by their words and synonyms, people by full name or by
 * a capitalised surname that points to one of them, decades. Whether they are wished for or not is not its matter.
 */
export function createAttributeFinder(pack: DomainPack): AttributeFinder {
  const trie = createTrie<Entry>();
  const peopleTrie = createTrie<string>();
  const categories = new Set<string>();
  const values = new Map<string, Set<string>>();
  for (const item of pack.items) {
    for (const [type, list] of Object.entries(item.attributes)) {
      const known = values.get(type) ?? new Set<string>();
      for (const value of list) known.add(value);
      values.set(type, known);
    }
  }
  const add = (phrase: string, attribute: Attribute, cased = false) => {
    const words = wordsOf(phrase);
    if (words.length > 0) addPhrase(trie, words, { attribute, cased });
  };
  for (const type of pack.attributeTypes) {
    if (type.kind === 'person') continue;
    for (const value of values.get(type.id) ?? []) {
      const attribute = { type: type.id, value };
      const forms = type.kind === 'decade' ? decadeForms(value) : [value];
      for (const form of [...forms, ...(type.synonyms?.[value] ?? [])]) {
        add(form, attribute);
        categories.add(wordsOf(form).join(' '));
      }
    }
  }
  const people = peopleOf(pack);
  const surnames = clearSurnames(people);
  for (const { attribute } of people) {
    const words = wordsOf(attribute.value);
    add(attribute.value, attribute, words.length < 2);
    if (words.length > 1) addPhrase(peopleTrie, words, attribute.value);
    const surname = words[words.length - 1];
    if (surname !== undefined && surnames.get(surname) === attribute.value) {
      add(surname, attribute, true);
      add(`${surname}s`, attribute, true);
    }
  }
  return {
    people: peopleTrie,
    categories,
    find(text) {
      const tokens = tokenize(text);
      const mentions: AttributeMention[] = [];
      for (let i = 0; i < tokens.length;) {
        const hits = phrasesAt(trie, tokens, i);
        const hit = hits[hits.length - 1];
        const first = tokens[i];
        const last = hit === undefined ? undefined : tokens[i + hit.length - 1];
        const found =
          hit?.values.filter((entry) => !entry.cased || (first?.capital ?? false)) ?? [];
        if (hit === undefined || first === undefined || last === undefined || found.length === 0) {
          i++;
          continue;
        }
        for (const { attribute } of found) {
          mentions.push({ attribute, start: first.start, end: last.end });
        }
        i += hit.length;
      }
      return mentions;
    },
  };
}
