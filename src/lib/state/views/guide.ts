import { counterpartMessages } from '../../baseline/counterpart-prompt';
import { counterpartView } from '../../baseline/counterpart-view';
import type { Role } from '../../contracts/action';
import type { Item, ItemId } from '../../contracts/catalogue';
import type { Dialogue } from '../../contracts/dialogue';
import type { ChatMessage } from '../../contracts/engine';
import { recommenderView, userView } from '../../dialogue/views';
import type { Catalogue } from '../../domain/catalogue';
import { renderChatml } from '../../engine/chatml';
import { findLeaks, type Leaks } from '../../metrics/ledger';
import { titleSpans } from '../../metrics/title-in-text';
import { toBrief } from '../../profile/brief';
import { recommenderMessages } from '../../prompt/recommender';
import { userMessages } from '../../prompt/user';
import type {
  GuideView,
  MarkedPart,
  SeenMessage,
  SightView,
  StepView,
  TargetLine,
} from '../../ui/guide/view';
import { isJoint } from '../seats';
import { readChatml } from './prompts';
import { seatLines } from './seats';

/** A target of the catalogue, and the turn from which on its title is a leak; `null`: it never is. */
interface Hidden {
  item: Item;
  leaksFrom: number | null;
}

/** A dialogue with what each side knew before every turn, made by the core, its hidden targets marked. */
export function guideView(dialogue: Dialogue, catalogue: Catalogue): GuideView {
  const leaks = findLeaks(withPrompts(dialogue, catalogue), catalogue);
  const items = [...new Set(dialogue.targets)].flatMap((id) => catalogue.byId(id) ?? []);
  const hidden = items.map((item) => ({ item, leaksFrom: leaksFrom(item.id, leaks) }));
  const steps: StepView[] = [];
  for (let at = 0; at <= dialogue.turns.length; at++) {
    steps.push(stepView(dialogue, at, hidden, catalogue, steps.at(-1)));
  }
  return {
    referenceDependent: dialogue.referenceDependent,
    seats: seatLines(dialogue),
    summary: dialogue.profile.summary,
    targets: items.map((item) => targetLine(item, leaks)),
    turns: dialogue.turns.map(({ role, text, raw }, at) => ({
      role,
      parts: marked(text, hidden, at + 1),
      actions: raw.includes('\n') ? raw.slice(0, raw.indexOf('\n')) : '',
    })),
    steps,
  };
}

/** With the prompts that are shown: where none was recorded, the one that the side would have been asked with. */
function withPrompts(dialogue: Dialogue, catalogue: Catalogue): Dialogue {
  const sideOf = (role: Role) => (isJoint(dialogue) ? 'both' : role);
  const turns = dialogue.turns.map((turn, at) => ({
    ...turn,
    prompt: turn.prompt ?? renderChatml(madeMessages(sideOf(turn.role), dialogue, at, catalogue)),
  }));
  return { ...dialogue, turns };
}

/** The first turn at which a target stood where it must not: in a prompt, the profile, or the user's mouth. */
function leaksFrom(item: ItemId, { ledger, prompts }: Leaks): number | null {
  const told = ledger.find((entry) => entry.item === item);
  const shown = prompts?.find((entry) => entry.item === item)?.turn ?? null;
  if (told?.by === 'history') return 0;
  // What the user says is heard from the next turn on.
  const said = told?.by === 'user' && told.turn !== null ? told.turn + 1 : null;
  if (shown === null) return said;
  return said === null ? shown : Math.min(shown, said);
}

function targetLine(item: Item, { ledger, prompts }: Leaks): TargetLine {
  const told = ledger.find((entry) => entry.item === item.id);
  const shown = prompts?.find((entry) => entry.item === item.id);
  const { label } = item;
  if (told?.by === 'history') return { item: label, by: 'history', turn: null, isLeak: true };
  if (shown) return { item: label, by: 'prompt', turn: shown.turn + 1, isLeak: true };
  if (told?.turn == null) return { item: label, by: 'nobody', turn: null, isLeak: false };
  return { item: label, by: told.by, turn: told.turn + 1, isLeak: told.by === 'user' };
}

function stepView(
  dialogue: Dialogue,
  at: number,
  hidden: readonly Hidden[],
  catalogue: Catalogue,
  before: StepView | undefined,
): StepView {
  const next = dialogue.turns[at];
  const roles: readonly SightView['role'][] = isJoint(dialogue)
    ? ['both']
    : ['user', 'recommender'];
  const sights = roles.map((role, i): SightView => {
    const isAsked = next !== undefined && (role === 'both' || role === next.role);
    const recorded = isAsked ? next.prompt : undefined;
    const messages = recorded ? readChatml(recorded) : madeMessages(role, dialogue, at, catalogue);
    const known = before?.sights[i]?.messages.length ?? messages.length;
    return {
      role,
      kind: recorded ? 'exact' : 'made',
      messages: messages.map(({ role: from, content }, index): SeenMessage => ({
        kind: from === 'system' ? 'system' : from === 'assistant' ? 'own' : 'heard',
        parts: marked(content, hidden, at),
        isNew: index >= known,
      })),
    };
  });
  return { turns: at, next: next?.role ?? null, sights };
}

/** What a side is asked with after so many turns, by the code that asks it. */
function madeMessages(
  role: Role | 'both',
  { profile, targets, turns }: Dialogue,
  at: number,
  catalogue: Catalogue,
): readonly ChatMessage[] {
  const { pack } = catalogue;
  const said = turns.slice(0, at);
  const brief = toBrief(profile, catalogue);
  if (role === 'user') return userMessages(userView(brief, said, catalogue), pack);
  if (role === 'recommender') return recommenderMessages(recommenderView(said, catalogue), pack);
  return counterpartMessages(counterpartView(brief, targets, said, catalogue), pack);
}

/** The text cut at the titles of hidden targets. @param at how many turns have been spoken */
function marked(text: string, hidden: readonly Hidden[], at: number): MarkedPart[] {
  const spans = hidden
    .flatMap(({ item, leaksFrom: from }) =>
      titleSpans(text, item).map((span) => ({
        ...span,
        mark: from !== null && at >= from ? ('leak' as const) : ('target' as const),
      })),
    )
    .sort((a, b) => a.start - b.start);
  const parts: MarkedPart[] = [];
  let end = 0;
  for (const { start, end: stop, mark } of spans) {
    // Two targets may share words: the first one has them.
    if (start < end) continue;
    if (start > end) parts.push({ text: text.slice(end, start) });
    parts.push({ text: text.slice(start, stop), mark });
    end = stop;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
