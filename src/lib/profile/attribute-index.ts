import type { Attribute } from '../contracts';
import { attributeKey } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import { defaultTheta, type Wishes } from './fit';

/** Counts fitting items fast: which items have an attribute, as one byte an item. */
export interface AttributeIndex {
  /** How many items have it. */
  count(attribute: Attribute): number;
  /** The same number as `countFitting`. */
  fitting(wishes: Wishes): number;
  /** How many items have every wanted attribute and no unwanted one. */
  matchingAll(wishes: Wishes): number;
  /** All attributes of a type with their counts, the commonest first. */
  ofType(type: string): readonly { attribute: Attribute; count: number }[];
}

interface Row {
  attribute: Attribute;
  has: Uint8Array;
  count: number;
}

/** Built once per catalogue; counting costs one pass over the items for each attribute. */
export function createAttributeIndex(catalogue: Catalogue): AttributeIndex {
  const size = catalogue.items.length;
  const rows = new Map<string, Row>();
  catalogue.items.forEach((item, i) => {
    for (const attribute of catalogue.attributesOf(item)) {
      const key = attributeKey(attribute);
      const row = rows.get(key) ?? { attribute, has: new Uint8Array(size), count: 0 };
      row.has[i] = 1;
      row.count++;
      rows.set(key, row);
    }
  });
  const rowOf = (attribute: Attribute) => rows.get(attributeKey(attribute))?.has;
  const countAtLeast = ({ wanted, unwanted }: Wishes, least: number) => {
    const hits = new Uint8Array(size);
    for (const attribute of wanted) {
      const has = rowOf(attribute);
      if (has !== undefined)
        for (let i = 0; i < size; i++) hits[i] = (hits[i] ?? 0) + (has[i] ?? 0);
    }
    for (const attribute of unwanted) {
      const has = rowOf(attribute);
      if (has !== undefined) for (let i = 0; i < size; i++) if (has[i] === 1) hits[i] = 0;
    }
    let count = 0;
    for (let i = 0; i < size; i++) if ((hits[i] ?? 0) >= least) count++;
    return count;
  };
  return {
    count: (attribute) => rows.get(attributeKey(attribute))?.count ?? 0,
    fitting: (wishes) => countAtLeast(wishes, Math.ceil(defaultTheta * wishes.wanted.length)),
    matchingAll: (wishes) => countAtLeast(wishes, wishes.wanted.length),
    ofType: (type) =>
      [...rows.values()]
        .filter(({ attribute }) => attribute.type === type)
        .map(({ attribute, count }) => ({ attribute, count }))
        .sort((a, b) => b.count - a.count || (a.attribute.value < b.attribute.value ? -1 : 1)),
  };
}
