import type { Attribute } from '../../contracts/catalogue';
import type { Profile } from '../../contracts/profile';
import { phraseAttribute } from '../../domain/card';
import type { Catalogue } from '../../domain/catalogue';
import { say } from '../../ui/messages';
import type { AttributeChoice, ProfileView } from '../../ui/view';

export function profileView(
  profile: Omit<Profile, 'targets'>,
  catalogue: Catalogue,
  own: boolean,
): ProfileView {
  const phrases = (wishes: readonly Attribute[]) =>
    wishes.map((wish) => phraseAttribute(wish, catalogue.pack));
  return {
    id: profile.id,
    summary: profile.summary,
    wanted: phrases(profile.wanted),
    unwanted: phrases(profile.unwanted),
    patience: profile.patience ?? 'normal',
    talkativeness: profile.talkativeness ?? 'normal',
    anonymity: profile.anonymity,
    own,
    source: profile.source.dataset,
  };
}

/** A profile in a list: its number and what it is after. @param hidden not to be seen by whoever recommends */
export function profileLabel(profile: Profile, index: number, hidden = false): string {
  if (hidden) return say('person.hiddenLabel', { index: index + 1 });
  const wishes = profile.wanted.map(({ value }) => value).join(', ');
  return `${String(index + 1)} · ${wishes}`;
}

/** What a profile can ask for: every value of the catalogue, the most frequent kinds of value first. */
export function attributeChoices(catalogue: Catalogue): AttributeChoice[] {
  const values = new Map<string, Map<string, number>>();
  for (const item of catalogue.items) {
    for (const { type, value } of catalogue.attributesOf(item)) {
      const counts = values.get(type) ?? new Map<string, number>();
      counts.set(value, (counts.get(value) ?? 0) + 1);
      values.set(type, counts);
    }
  }
  return catalogue.pack.attributeTypes.map(({ id, label }) => ({
    type: id,
    label,
    values: [...(values.get(id) ?? [])].sort((a, b) => b[1] - a[1]).map(([value]) => value),
  }));
}
