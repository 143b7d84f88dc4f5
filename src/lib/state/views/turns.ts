import type { Dialogue, Turn } from '../../contracts/dialogue';
import type { Role } from '../../contracts/action';
import { rewound } from '../../dialogue/steer';
import type { Catalogue } from '../../domain/catalogue';
import type { LiveView, TextPart, TurnView } from '../../ui/view';
import { itemView, labelsOf } from './items';

/** The text cut at its mentions. */
export function textParts({ text, mentions }: Pick<Turn, 'text' | 'mentions'>): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end, kind } of [...mentions].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    if (start > at) parts.push({ text: text.slice(at, start) });
    parts.push({ text: text.slice(start, end), mention: kind });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** A record's turns as the page shows them. @param reveal show what fits and which are hidden targets */
export function turnViews(dialogue: Dialogue, catalogue: Catalogue, reveal: boolean): TurnView[] {
  /** By the profile and targets that were in force when the turn was spoken. */
  const judgeOf = (index: number) => {
    if (!reveal) return null;
    const { profile, targets } = rewound(dialogue, index);
    return { ...profile, targets };
  };
  return dialogue.turns.map((turn, index) => ({
    index,
    role: turn.role,
    actions: turn.actions.map(({ type, items }) => ({
      type,
      labels: labelsOf(items ?? [], catalogue),
    })),
    text: turn.text,
    parts: textParts(turn),
    cards: turn.actions
      .filter(({ type }) => type === 'recommend')
      .flatMap(({ items }) => items ?? [])
      .flatMap((id) => catalogue.byId(id) ?? [])
      .map((item) => itemView(item, catalogue, judgeOf(index))),
    violations: turn.violations,
    raw: turn.raw,
    drafts: turn.drafts ?? [],
    tokens: turn.tokens,
    ms: turn.ms,
    seed: turn.seed,
    scripted: dialogue.models[turn.role].engine === 'none',
    human: dialogue.models[turn.role].human ?? false,
  }));
}

/** What is to be seen of a raw output that still grows. */
export function liveView(live: { role: Role; raw: string } | null): LiveView | null {
  if (live === null) return null;
  const { role, raw } = live;
  const end = raw.indexOf('\n');
  if (!raw.trimStart().startsWith('[')) return { role, actionLine: '', text: raw };
  return end < 0
    ? { role, actionLine: raw, text: '' }
    : { role, actionLine: raw.slice(0, end), text: raw.slice(end + 1) };
}
