import type { Attribute, Item, ItemId } from '../../contracts/catalogue';
import type { Profile } from '../../contracts/profile';
import type { Catalogue } from '../../domain/catalogue';
import { findItems } from '../../domain/find-items';
import { fits } from '../../profile/fit';
import type { FactView, ItemView } from '../../ui/view';

/** Most values of one kind on a card: a cast can be long. */
const mostValues = 4;

/** Facts under the labels of their kinds, in the pack's order. */
export function factViews(facts: readonly Attribute[], catalogue: Catalogue): FactView[] {
  return catalogue.pack.attributeTypes.flatMap(({ id, label, kind }) => {
    const values = facts.filter((fact) => fact.type === id).map((fact) => fact.value);
    // The year stands on the card already.
    if (kind === 'decade' || values.length === 0) return [];
    return [{ label, values: values.slice(0, mostValues) }];
  });
}

/** An item as a card; what it is to the profile only where that is to be shown. */
export function itemView(
  item: Item,
  catalogue: Catalogue,
  judgedFor: Pick<Profile, 'wanted' | 'unwanted' | 'targets'> | null,
): ItemView {
  return {
    id: item.id,
    label: item.label,
    title: item.title,
    year: item.year ?? null,
    facts: factViews(catalogue.factCard(item).facts, catalogue),
    fits: judgedFor && fits(item, judgedFor),
    isTarget: judgedFor?.targets.includes(item.id) ?? false,
  };
}

/** Labels of items, oldest first; an item that the catalogue lost shows its id. */
export function labelsOf(items: readonly ItemId[], catalogue: Catalogue): string[] {
  return items.map((id) => catalogue.byId(id)?.label ?? id);
}

/** Items by what is typed of their title, as cards. @param limit most of them */
export function foundItems(catalogue: Catalogue, typed: string, limit = 8): ItemView[] {
  return findItems(catalogue, typed, limit).map((item) => itemView(item, catalogue, null));
}
