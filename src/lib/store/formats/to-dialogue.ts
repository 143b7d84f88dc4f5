import { parseTurn } from '../../action/parser';
import type { Action, Role, Violation } from '../../contracts/action';
import type { ItemId } from '../../contracts/catalogue';
import type { Dialogue, Mention, SeatRecord, Turn } from '../../contracts/dialogue';
import type { Profile } from '../../contracts/profile';
import type { Catalogue } from '../../domain/catalogue';
import { deriveId } from '../../domain/random';
import { defaultConfig } from '../../dialogue/start';
import { acceptedItems, countExchanges } from '../../dialogue/stop';
import type { SourceDialogue, SourceTurn } from './source';

/** What the visitor says of a dataset, and where its titles are looked up. */
export interface ImportContext {
  /** The dataset's id: the `runId` of its dialogues. */
  id: string;
  name: string;
  licence: string;
  attribution: string;
  catalogue: Catalogue;
  /** Milliseconds since 1970, the same for all. */
  now: number;
  /** Actions stand in the texts as a model writes them. */
  actionLines: boolean;
}

export interface Imported {
  dialogue: Dialogue;
  /** Titles that the source marks, and how many of them the catalogue holds. */
  titles: { marked: number; linked: number };
}

/** Longest text of one turn. */
const longestTurn = 20_000;
const mostTurns = 1000;

/**
 * A source's dialogue as a record, or why it is none. Messages without words are left out, several of one side in a
 * row become one turn, titles are linked where the catalogue holds them; actions are never guessed.
 */
export function toDialogue(source: SourceDialogue, context: ImportContext): Imported | string {
  const turns = joinedTurns(source.turns);
  if (turns.length === 0) return 'Nobody says anything in it.';
  if (turns.length > mostTurns) return `It has more than ${String(mostTurns)} turns.`;
  if (turns.some(({ text }) => text.length > longestTurn)) {
    return `A turn of it is longer than ${longestTurn.toLocaleString('en')} characters.`;
  }
  const linker = new TitleLinker(context.catalogue);
  const built: Turn[] = [];
  for (const turn of turns) built.push(toTurn(turn, built, linker, context));
  const itemsOf = (titles: readonly string[]) => [
    ...new Set(titles.flatMap((t) => linker.itemOf(t) ?? [])),
  ];
  const accepted = [...new Set([...acceptedItems(built), ...itemsOf(source.accepted)])];
  const profile = profileOf(source, context, itemsOf);
  const dialogue: Dialogue = {
    schemaVersion: 1,
    id: deriveId(
      'import',
      context.id,
      source.id,
      ...turns.map(({ role, text }) => `${role}: ${text}`),
    ),
    runId: context.id,
    profileId: profile.id,
    domain: context.catalogue.pack.id,
    seed: 0,
    config: { ...defaultConfig, maxTurns: built.length, constrained: false },
    models: { user: seatOf(source, 'user'), recommender: seatOf(source, 'recommender') },
    promptVersion: 'none',
    profile,
    targets: [],
    referenceDependent: false,
    resumed: false,
    turns: built,
    outcome: {
      status: accepted.length > 0 ? 'accepted' : 'imported',
      accepted,
      exchanges: countExchanges(built),
    },
    startedAt: context.now,
  };
  return { dialogue, titles: linker.counts };
}

function seatOf({ speakers }: SourceDialogue, role: Role): SeatRecord {
  return { id: speakers[role], hash: null, promptVersion: null, engine: 'none' };
}

function profileOf(
  source: SourceDialogue,
  { id, name, licence, attribution, catalogue }: ImportContext,
  itemsOf: (titles: readonly string[]) => ItemId[],
): Omit<Profile, 'targets'> {
  const liked = itemsOf(source.liked);
  return {
    schemaVersion: 1,
    id: deriveId('profile', id, source.id),
    domain: catalogue.pack.id,
    summary: source.summary,
    wanted: [],
    unwanted: [],
    liked,
    disliked: itemsOf(source.disliked).filter((item) => !liked.includes(item)),
    anonymity: catalogue.items.length,
    source: {
      dataset: name,
      dialogueId: source.id,
      split: 'imported',
      licence,
      ...(attribution === '' ? {} : { attribution }),
    },
  };
}

function joinedTurns(turns: readonly SourceTurn[]): SourceTurn[] {
  const joined: SourceTurn[] = [];
  for (const turn of turns) {
    const text = turn.text.trim();
    if (text === '') continue;
    const last = joined.at(-1);
    if (last?.role !== turn.role) joined.push({ ...turn, text });
    else {
      const titles = [...last.titles, ...turn.titles];
      joined[joined.length - 1] = { ...last, text: `${last.text}\n${text}`, titles };
    }
  }
  return joined;
}

function toTurn(
  { role, text: raw, titles }: SourceTurn,
  before: readonly Turn[],
  linker: TitleLinker,
  { actionLines }: ImportContext,
): Turn {
  const { actions, text, violations } = (actionLines ? linker.parse(role, raw, before) : null) ?? {
    actions: [],
    text: raw,
    violations: [],
  };
  const own = new Set(actions.flatMap(({ items }) => items ?? []));
  return {
    role,
    actions,
    text,
    raw,
    mentions: linker.mentions(text, titles, own),
    violations,
    tokens: { prompt: null, cached: null, completion: null },
    ms: { prefill: null, decode: null, total: 0 },
    seed: null,
  };
}

/** Looks titles up, and counts those that the source marks. */
class TitleLinker {
  counts = { marked: 0, linked: 0 };
  #known = new Map<string, ItemId | null>();

  constructor(readonly catalogue: Catalogue) {}

  itemOf(title: string): ItemId | null {
    const known = this.#known.get(title);
    if (known !== undefined) return known;
    const item = this.catalogue.byLabel(title) ?? this.catalogue.resolveTitle(title);
    this.#known.set(title, item?.id ?? null);
    return item?.id ?? null;
  }

  /** A text that opens with an action line; `null` when it does not. */
  parse(
    role: Role,
    raw: string,
    before: readonly Turn[],
  ): { actions: readonly Action[]; text: string; violations: readonly Violation[] } | null {
    if (!raw.startsWith('[')) return null;
    const recommended = new Set(
      before.flatMap((turn) =>
        turn.actions.flatMap(({ type, items }) => (type === 'recommend' ? (items ?? []) : [])),
      ),
    );
    const resolve = (title: string) => this.itemOf(title);
    const parsed = parseTurn(raw, { role, resolve, recommended });
    return parsed.actions.length === 0 ? null : parsed;
  }

  /** Places of items in a text: of the titles that are marked first, then of all that the linker finds. */
  mentions(text: string, titles: readonly string[], own: ReadonlySet<ItemId>): Mention[] {
    const found: Mention[] = [];
    const add = (item: ItemId, start: number, end: number) => {
      if (found.some((other) => other.start < end && other.end > start)) return;
      found.push({ item, start, end, kind: own.has(item) ? 'action' : 'reference' });
    };
    for (const title of new Set(titles)) {
      this.counts.marked += 1;
      const item = this.itemOf(title);
      if (item === null) continue;
      this.counts.linked += 1;
      for (const at of placesOf(title, text)) add(item, at, at + title.length);
    }
    for (const { item, start, end } of this.catalogue.link(text)) add(item, start, end);
    return found.sort((a, b) => a.start - b.start);
  }
}

/** Where a text holds a title as it is written, not as a part of a word. */
function placesOf(title: string, text: string): number[] {
  if (title === '') return [];
  const places: number[] = [];
  for (let at = text.indexOf(title); at >= 0; at = text.indexOf(title, at + title.length)) {
    const around = [text[at - 1] ?? ' ', text[at + title.length] ?? ' '];
    if (around.every((character) => !/[\p{L}\p{N}]/u.test(character))) places.push(at);
  }
  return places;
}
