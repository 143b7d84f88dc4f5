/** A prefix tree over words: finds every stored phrase that begins at a place in a text. */
export interface TrieNode<T> {
  next: Map<string, TrieNode<T>> | null;
  values: T[] | null;
}

export function createTrie<T>(): TrieNode<T> {
  return { next: null, values: null };
}

/** Stores a value under a phrase; the same phrase may hold many values. */
export function addPhrase<T>(root: TrieNode<T>, words: readonly string[], value: T): void {
  let node = root;
  for (const word of words) {
    node.next ??= new Map();
    let child = node.next.get(word);
    if (child === undefined) {
      child = { next: null, values: null };
      node.next.set(word, child);
    }
    node = child;
  }
  node.values ??= [];
  node.values.push(value);
}

export interface PhraseHit<T> {
  values: readonly T[];
  /** How many words it spans. */
  length: number;
}

/** All phrases that begin at word `from`, shortest first. */
export function phrasesAt<T>(
  root: TrieNode<T>,
  words: readonly { norm: string }[],
  from: number,
): PhraseHit<T>[] {
  const hits: PhraseHit<T>[] = [];
  let node: TrieNode<T> | undefined = root;
  for (let i = from; i < words.length; i++) {
    node = node.next?.get(words[i]?.norm ?? '');
    if (node === undefined) break;
    if (node.values !== null) hits.push({ values: node.values, length: i - from + 1 });
  }
  return hits;
}
