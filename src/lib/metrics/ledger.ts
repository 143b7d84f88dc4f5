import type { Role } from '../contracts/action';
import type { Item, ItemId } from '../contracts/catalogue';
import type { Dialogue, Turn } from '../contracts/dialogue';
import { rewound } from '../dialogue/steer';
import type { Catalogue } from '../domain/catalogue';
import { stretchesOf } from './in-force';
import { namedBy } from './ranked-lists';
import { namesItem } from './title-in-text';

/** The first time that a hidden target is named in a dialogue. */
export interface Mentioned {
  dialogueId: string;
  item: ItemId;
  /** `history`: the profile's summary or liked and disliked items. */
  by: 'history' | Role;
  /** Index of the turn; `null` for the history. */
  turn: number | null;
}

/** A target's title in what a model was shown, before any role had said it. */
export interface PromptLeak {
  dialogueId: string;
  item: ItemId;
  role: Role;
  turn: number;
}

export interface Leaks {
  /** One entry for each target that is named at all. */
  ledger: readonly Mentioned[];
  /** The first turn at which each target leaks; `null` when no prompt was kept. */
  prompts: readonly PromptLeak[] | null;
}

/**
 * Where a dialogue's hidden targets come up while they are in force: what was named before it became a target is no
 * leak. Targets that the catalogue does not hold cannot be found.
 */
export function findLeaks(dialogue: Dialogue, catalogue: Catalogue): Leaks {
  const held = stretchesOf(dialogue).flatMap((stretch) => stretch.targets);
  const targets = [...new Set(held)].flatMap((id) => catalogue.byId(id) ?? []);
  const hasPrompts = dialogue.turns.some((turn) => turn.prompt !== undefined);
  return {
    ledger: targets.flatMap((target) => firstMention(dialogue, target, catalogue) ?? []),
    prompts: hasPrompts
      ? targets.flatMap((target) => firstPromptLeak(dialogue, target, catalogue) ?? [])
      : null,
  };
}

function firstMention(dialogue: Dialogue, target: Item, catalogue: Catalogue): Mentioned | null {
  const entry = { dialogueId: dialogue.id, item: target.id };
  const names = (said: Turn) => namedBy(said).includes(target.id);
  for (const { from, to, profile, targets } of stretchesOf(dialogue)) {
    const inForce = targets.includes(target.id);
    if (inForce && isHistory(profile, target, catalogue)) {
      return { ...entry, by: 'history', turn: null };
    }
    const said = dialogue.turns.slice(from, to);
    const turn = said.findIndex(names);
    const by = said[turn]?.role;
    if (by !== undefined) return inForce ? { ...entry, by, turn: from + turn } : null;
  }
  return null;
}

function isHistory(profile: Dialogue['profile'], target: Item, catalogue: Catalogue): boolean {
  return (
    [...profile.liked, ...profile.disliked].includes(target.id) ||
    namesItem(profile.summary, target, phrasesOf(profile, [], target, catalogue))
  );
}

function firstPromptLeak(
  dialogue: Dialogue,
  target: Item,
  catalogue: Catalogue,
): PromptLeak | null {
  for (const [index, { prompt, role }] of dialogue.turns.entries()) {
    const earlier = dialogue.turns.slice(0, index);
    const last = earlier.at(-1);
    if (last !== undefined && hasSaid(last, target)) return null;
    const { profile, targets } = rewound(dialogue, index);
    if (prompt === undefined || !targets.includes(target.id)) continue;
    if (namesItem(prompt, target, phrasesOf(profile, earlier, target, catalogue))) {
      return { dialogueId: dialogue.id, item: target.id, role, turn: index };
    }
  }
  return null;
}

function hasSaid(turn: Turn, target: Item): boolean {
  return namedBy(turn).includes(target.id) || namesItem(turn.raw, target);
}

/** What may stand in a prompt: the wishes, and the items of the history and the talk with their facts. */
function phrasesOf(
  profile: Dialogue['profile'],
  earlier: readonly Turn[],
  target: Item,
  catalogue: Catalogue,
): string[] {
  const ids = new Set([...profile.liked, ...profile.disliked, ...earlier.flatMap(namedBy)]);
  ids.delete(target.id);
  const items = [...ids].flatMap((id) => catalogue.byId(id) ?? []);
  const attributes = [
    ...profile.wanted,
    ...profile.unwanted,
    ...items.flatMap((item) => catalogue.attributesOf(item)),
  ];
  return [
    ...items.flatMap((item) => [item.label, item.title]),
    ...attributes.map(({ value }) => value),
  ].filter((phrase) => phrase !== target.title);
}
