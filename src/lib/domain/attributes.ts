import type { Attribute, AttributeType, DomainPack, Item } from '../contracts';

/** The decade of a year: 1994 is "1990s". */
export function decadeOf(year: number): string {
  return `${Math.floor(year / 10) * 10}s`;
}

/** A string that two attributes share exactly when they are the same. */
export function attributeKey(attribute: Attribute): string {
  return `${attribute.type}\u0000${attribute.value}`;
}

export function sameAttribute(a: Attribute, b: Attribute): boolean {
  return a.type === b.type && a.value === b.value;
}

/** The item's facts in the order of the pack's attribute types. */
export function attributesOfItem(item: Item, types: readonly AttributeType[]): Attribute[] {
  return types.flatMap((type) =>
    (item.attributes[type.id] ?? []).map((value) => ({ type: type.id, value })),
  );
}

export function hasAttribute(item: Item, attribute: Attribute): boolean {
  return item.attributes[attribute.type]?.includes(attribute.value) ?? false;
}

export function attributeTypeOf(attribute: Attribute, pack: DomainPack): AttributeType | null {
  return pack.attributeTypes.find((type) => type.id === attribute.type) ?? null;
}
