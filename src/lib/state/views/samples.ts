import type { Dialogue } from '../../contracts/dialogue';
import type { Catalogue } from '../../domain/catalogue';
import type { SampleView } from '../../ui/datasets/view';

const turnsShown = 6;

/** The first turns of a dialogue, with the titles that were found in them. */
export function sampleView({ turns }: Dialogue, catalogue: Catalogue): SampleView {
  return {
    turns: turns.slice(0, turnsShown).map(({ role, text, mentions }) => ({
      role,
      text,
      titles: [...new Set(mentions.map(({ item }) => catalogue.byId(item)?.label ?? item))],
    })),
    more: Math.max(0, turns.length - turnsShown),
  };
}
