import type { Item } from '../../lib/contracts/catalogue';
import type { Catalogue } from '../../lib/domain/catalogue';
import type { Random } from '../../lib/domain/random';
import { filmReference } from './source-turns';

/** How often a title is said without its year, where that still names the film. */
const shareWithoutYear = 0.2;

/** True when the program's linker takes the bare title for this film. */
function isClear(item: Item, catalogue: Catalogue): boolean {
  return catalogue.resolveTitle(item.title)?.id === item.id;
}

/**
 * Puts titles in place of film references: mostly with the year, as people in the source write them. Films that the
 * catalogue lacks get the source's own name.
 */
export function writeTitles(
  text: string,
  catalogue: Catalogue,
  names: ReadonlyMap<string, string>,
  random: Random,
): string {
  return text.replace(filmReference, (_, id: string) => {
    const item = catalogue.byId(id);
    if (item === null) return (names.get(id) ?? '').replace(/\s+/g, ' ').trim();
    return random() < shareWithoutYear && isClear(item, catalogue) ? item.title : item.label;
  });
}
