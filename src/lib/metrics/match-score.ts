import type { Item, ItemId } from '../contracts/catalogue';
import { attributesOfItem } from '../domain/attributes';
import { matchShare } from '../profile/fit';
import type { Catalogue } from '../domain/catalogue';
import { stretchesOf, targetsAt } from './in-force';
import { defineMetric, type Metric } from './metric';
import { mean } from './parts';
import { recommendationsOf } from './recommendations';

/** Share of a hidden target's attributes that the item has, the greatest over the targets; `null` of bare targets. */
function nearness(item: Item, targets: readonly Item[], { pack }: Catalogue): number | null {
  const shares = targets.flatMap(
    (target) => matchShare(item, attributesOfItem(target, pack.attributeTypes)) ?? [],
  );
  return shares.length === 0 ? null : Math.max(...shares);
}

function byTargets(which: 'first' | 'all'): Metric {
  return defineMetric<number>({
    id: `match-targets-${which}`,
    name: `Match Score by the targets' attributes, ${which === 'first' ? 'first recommended item' : 'all recommended items'}`,
    formula:
      "mean over recommended items of the greatest share of a hidden target's attributes that the item has",
    variant: 'ours, not the published Match Score; mean over dialogues; invented items have none',
    source: 'our definition',
    unit: 'score',
    population: 'ended',
    observe: (dialogue, { catalogue }) => {
      const knownOf = (ids: readonly ItemId[]) => ids.flatMap((id) => catalogue.byId(id) ?? []);
      if (stretchesOf(dialogue).every(({ targets }) => knownOf(targets).length === 0)) {
        return { why: 'dialogue without a hidden target in the catalogue' };
      }
      const all = recommendationsOf(dialogue);
      const scores = (which === 'first' ? all.slice(0, 1) : all).map(({ item: id, turn }) => {
        const item = catalogue.byId(id);
        const targets = knownOf(targetsAt(dialogue, turn));
        if (targets.length === 0) return null;
        return item === null ? 0 : nearness(item, targets, catalogue);
      });
      const known = scores.flatMap((score) => score ?? []);
      if (known.length === 0) return { why: 'dialogue without a recommendation to compare' };
      return { part: known.reduce((sum, score) => sum + score, 0) / known.length };
    },
    combine: mean,
    undefinedBecause: 'No dialogue has a hidden target and a recommendation.',
  });
}

/** Match Score without an encoder: by the facts that a recommended item shares with a hidden target. */
export const targetMatchMetrics: readonly Metric[] = (['first', 'all'] as const).map(byTargets);
