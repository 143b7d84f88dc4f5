import type { Attribute, Item, ItemId, Patience, Profile, ProfileSource } from '../contracts';
import type { Talkativeness } from '../contracts';
import { attributeKey } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import { createRandom, deriveSeed, shuffled, type Random } from '../domain/random';
import { createAttributeIndex, type AttributeIndex } from './attribute-index';
import { toBrief } from './brief';
import { fits } from './fit';
import type { RedialDialogue } from './redial';
import { givesAway, sharesSeries } from './series';
import { writeSummary } from './summary';
import { chooseUnwanted, chooseWanted, filmAnonymity, type AnonymityBounds } from './wishes';

export interface BuildOptions {
  seed: number;
  /** What the file is called in a profile's source, such as "ReDial". */
  dataset: string;
  licence: string;
  splitOf(dialogue: RedialDialogue): ProfileSource['split'];
  /** The catalogue's id of a film of the file; ids that were merged differ. Absent: they are the same. */
  itemId?(film: string): ItemId;
  bounds?: AnonymityBounds;
}

/** Why a dialogue gave no profile. */
export type Unused = 'no-liked' | 'no-target' | 'no-wishes' | 'names-target';

export interface BuiltProfiles {
  profiles: Profile[];
  unused: Record<Unused, number>;
}

const attempts = 12;
const mostNamed = 3;
/** Shares of profiles that name 0, 1, 2 or 3 liked items. */
const namedShares = [0.1, 0.35, 0.35, 0.2];
const patiences: readonly Patience[] = [
  'low',
  'normal',
  'normal',
  'normal',
  'normal',
  'normal',
  'high',
];
const talks: readonly Talkativeness[] = ['brief', 'normal', 'normal', 'normal', 'normal', 'chatty'];

function drawn(shares: readonly number[], random: Random): number {
  let left = random();
  for (const [i, share] of shares.entries()) {
    left -= share;
    if (left < 0) return i;
  }
  return shares.length - 1;
}

interface Judged {
  liked: Item[];
  disliked: Item[];
  targets: Item[];
}

/** What the seeker's answers say: named and liked, disliked, and accepted without having been seen. */
function judge(dialogue: RedialDialogue, catalogue: Catalogue, options: BuildOptions): Judged {
  const judged: Judged = { liked: [], disliked: [], targets: [] };
  const firstBySeeker = new Map<string, boolean>();
  for (const turn of dialogue.turns) {
    for (const film of turn.films) {
      if (!firstBySeeker.has(film)) firstBySeeker.set(film, turn.bySeeker);
    }
  }
  const seen = new Set<ItemId>();
  for (const [film, answer] of dialogue.answers) {
    const item = catalogue.byId(options.itemId?.(film) ?? film);
    if (item === null || seen.has(item.id)) continue;
    seen.add(item.id);
    if (answer.liked === false && answer.seen === true) judged.disliked.push(item);
    if (answer.liked !== true) continue;
    if (!answer.suggested && answer.seen === true) judged.liked.push(item);
    // Where roles were swapped, "suggested" is not: the recommender must have said it first.
    if (answer.suggested && answer.seen === false && firstBySeeker.get(film) === false) {
      judged.targets.push(item);
    }
  }
  return judged;
}

function tastesOf(items: readonly Item[], catalogue: Catalogue): Attribute[] {
  const counts = new Map<string, { attribute: Attribute; count: number }>();
  const categories = new Set(
    catalogue.pack.attributeTypes.filter((type) => type.kind === 'category').map((type) => type.id),
  );
  for (const item of items) {
    for (const attribute of catalogue.attributesOf(item)) {
      if (!categories.has(attribute.type)) continue;
      const key = attributeKey(attribute);
      const known = counts.get(key) ?? { attribute, count: 0 };
      known.count++;
      counts.set(key, known);
    }
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || (a.attribute.value < b.attribute.value ? -1 : 1))
    .map(({ attribute }) => attribute);
}

/** All that the user simulator will read of a profile, as one text. */
export function briefText(profile: Profile, catalogue: Catalogue): string {
  const brief = toBrief(profile, catalogue);
  const wishes = [...brief.wanted, ...brief.unwanted].map(({ value }) => value);
  return [brief.summary, ...brief.known, ...wishes].join('. ');
}

function buildOne(
  dialogue: RedialDialogue,
  catalogue: Catalogue,
  index: AttributeIndex,
  options: BuildOptions,
): Profile | Unused {
  const { liked, disliked, targets: accepted } = judge(dialogue, catalogue, options);
  if (liked.length === 0) return 'no-liked';
  if (accepted.length === 0) return 'no-target';
  const bounds = options.bounds ?? filmAnonymity;
  let reason: Unused = 'no-wishes';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const random = createRandom(deriveSeed('profile', options.seed, dialogue.id, attempt));
    const safe = (item: Item) => !accepted.some((target) => sharesSeries(item, target));
    const disliking = disliked.filter(safe).slice(0, 1);
    const unwanted = chooseUnwanted(liked, disliking, accepted, catalogue, index, random);
    const wanted = chooseWanted(accepted, unwanted, catalogue, index, bounds, random);
    if (wanted === null) continue;
    const targets = accepted.filter((target) => fits(target, { wanted, unwanted }));
    const named = shuffled(liked.filter(safe), random).slice(
      0,
      Math.min(mostNamed, drawn(namedShares, random)),
    );
    const summary = writeSummary(
      { liked: named, disliked: disliking, tastes: tastesOf(liked, catalogue), unwanted },
      catalogue.pack,
      random,
    );
    const profile: Profile = {
      schemaVersion: 1,
      id: `${options.dataset.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${dialogue.id}`,
      domain: catalogue.pack.id,
      summary,
      wanted,
      unwanted,
      liked: named.map((item) => item.id),
      disliked: disliking.map((item) => item.id),
      patience: patiences[Math.floor(random() * patiences.length)] ?? 'normal',
      talkativeness: talks[Math.floor(random() * talks.length)] ?? 'normal',
      targets: targets.map((item) => item.id),
      anonymity: index.fitting({ wanted, unwanted }),
      source: {
        dataset: options.dataset,
        dialogueId: dialogue.id,
        split: options.splitOf(dialogue),
        licence: options.licence,
      },
    };
    const text = briefText(profile, catalogue);
    if (!accepted.some((target) => givesAway(text, target))) return profile;
    reason = 'names-target';
  }
  return reason;
}

/**
 * Profiles from who liked what, by id: no sentence of the source enters them. Per dialogue at most one: liked items
 * are what the seeker named, has seen and liked; hidden targets what the recommender named first and the seeker liked
 * unseen; wanted attributes come from the targets' facts, so that between `bounds` items fit, each target among them.
 * Deterministic from the seed and the dialogue's id.
 */
export function buildProfiles(
  dialogues: readonly RedialDialogue[],
  catalogue: Catalogue,
  options: BuildOptions,
): BuiltProfiles {
  const index = createAttributeIndex(catalogue);
  const unused: Record<Unused, number> = {
    'no-liked': 0,
    'no-target': 0,
    'no-wishes': 0,
    'names-target': 0,
  };
  const profiles: Profile[] = [];
  for (const dialogue of dialogues) {
    const built = buildOne(dialogue, catalogue, index, options);
    if (typeof built === 'string') unused[built]++;
    else profiles.push(built);
  }
  return { profiles, unused };
}
