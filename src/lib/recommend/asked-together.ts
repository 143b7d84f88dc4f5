import type { Attribute } from '../contracts';
import { attributeKey } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import { postingsOf } from './content-scores';
import type { Signals } from './signals';

/** What an item gains that has all that was asked for; one that has a part of it gains the square of its share of this. */
const all = 6;
/**
 * Wishes from which on they are plainly meant together. Two are as often alternatives ("horror or comedy"), unless one came after
 * a recommendation: then it says what that lacked.
 */
const together = 3;
/** What an item loses for each attribute that was refused. */
const refused = 4;

/** Wishes by value: who both acts and directs is asked for once, and one of both will do. */
function wishesOf({ attributes }: Signals): { wanted: Attribute[][]; unwanted: Attribute[] } {
  const last = new Map(
    attributes
      .filter(({ stance }) => stance === 'wanted' || stance === 'refused')
      .map((signal) => [attributeKey(signal.attribute), signal]),
  );
  const wanted = new Map<string, Attribute[]>();
  const unwanted: Attribute[] = [];
  for (const { attribute, stance } of last.values()) {
    if (stance === 'refused') unwanted.push(attribute);
    else wanted.set(attribute.value, [...(wanted.get(attribute.value) ?? []), attribute]);
  }
  return { wanted: [...wanted.values()], unwanted };
}

/**
 * What wishes mean together, which a sum over single attributes cannot say: adds a bonus for the items that meet
 * all or much of what was asked for, and takes from those that have something refused.
 */
export function createAskedTogether(
  catalogue: Catalogue,
): (signals: Signals, scores: Float64Array) => void {
  const postings = postingsOf(catalogue);
  const itemsOf = (attribute: Attribute) => postings.get(attributeKey(attribute))?.items ?? [];
  return (signals, scores) => {
    const { wanted, unwanted } = wishesOf(signals);
    const met = new Int16Array(scores.length);
    for (const attribute of unwanted) {
      for (const at of itemsOf(attribute)) {
        scores[at] = (scores[at] ?? 0) - refused;
        met[at] = -1 - wanted.length;
      }
    }
    if (wanted.length < together && !signals.corrected) return;
    for (const alike of wanted) {
      for (const at of new Set(alike.flatMap(itemsOf))) met[at] = (met[at] ?? 0) + 1;
    }
    met.forEach((count, at) => {
      if (count > 0) scores[at] = (scores[at] ?? 0) + all * (count / wanted.length) ** 2;
    });
  };
}
