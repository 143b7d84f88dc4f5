import type { Role } from '../contracts/action';
import type { Item, ItemId } from '../contracts/catalogue';
import type { Dialogue, Turn } from '../contracts/dialogue';
import type { Catalogue } from '../domain/catalogue';
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

/** Where a dialogue's hidden targets come up. Targets that the catalogue does not hold cannot be found. */
export function findLeaks(dialogue: Dialogue, catalogue: Catalogue): Leaks {
  const targets = [...new Set(dialogue.targets)].flatMap((id) => catalogue.byId(id) ?? []);
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
  const { profile, turns } = dialogue;
  const isHistory = [...profile.liked, ...profile.disliked].includes(target.id);
  if (isHistory || namesItem(profile.summary, target, phrasesOf(dialogue, [], target, catalogue))) {
    return { ...entry, by: 'history', turn: null };
  }
  const turn = turns.findIndex((said) => namedBy(said).includes(target.id));
  const by = turns[turn]?.role;
  return by === undefined ? null : { ...entry, by, turn };
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
    if (prompt === undefined) continue;
    if (namesItem(prompt, target, phrasesOf(dialogue, earlier, target, catalogue))) {
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
  { profile }: Dialogue,
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
