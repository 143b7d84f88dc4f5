import type { Attribute, Profile } from '../contracts';
import { attributeKey, attributeTypeOf } from '../domain/attributes';
import { phraseAttribute } from '../domain/card';
import type { Catalogue } from '../domain/catalogue';
import { deriveId } from '../domain/random';
import { parseProfile } from './parse-profile';

const most = 24;
/** The crowd that a wish should fit: see `Profile.anonymity`. */
const goodCrowd = { least: 20, most: 300 };

/**
 * Profiles for a catalogue that came without any: one wish each, for what many items have, so that the first dialogue
 * can be held. Nobody's likes are behind them: they have no targets.
 */
export function starterProfiles(catalogue: Catalogue): Profile[] {
  const counts = new Map<string, { attribute: Attribute; count: number }>();
  for (const item of catalogue.items) {
    for (const attribute of catalogue.attributesOf(item)) {
      const key = attributeKey(attribute);
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { attribute, count: 1 });
    }
  }
  const distance = (count: number) =>
    count < goodCrowd.least ? goodCrowd.least - count : Math.max(0, count - goodCrowd.most);
  return [...counts.values()]
    .sort((a, b) => distance(a.count) - distance(b.count) || b.count - a.count)
    .slice(0, most)
    .map(({ attribute }) => starterProfile(attribute, catalogue));
}

function starterProfile(attribute: Attribute, catalogue: Catalogue): Profile {
  const { pack } = catalogue;
  const phrase = phraseAttribute(attribute, pack);
  const isBare = attributeTypeOf(attribute, pack)?.kind === 'category';
  const profile = parseProfile(
    {
      id: deriveId('starter', pack.id, attributeKey(attribute)),
      summary: `Is looking for ${pack.words.items}${isBare ? ':' : ''} ${phrase}.`,
      wanted: [attribute],
    },
    catalogue,
  );
  return { ...profile, source: { dataset: pack.name, split: 'hand', licence: pack.licence } };
}
