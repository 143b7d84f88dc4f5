import type { Dialogue, Turn } from '../contracts/dialogue';
import { profileAt } from '../dialogue/steer';
import type { Catalogue } from '../domain/catalogue';
import { oncePerDialogue } from './memo';
import { defineMetric, type Metric } from './metric';
import { countsOf, pooled, type Quotient } from './parts';
import { opinionAt, stanceAt } from './stance';

export const contradictionKinds = [
  'wants-unwanted',
  'denies-wanted',
  'likes-disliked',
  'dislikes-liked',
] as const;
export type ContradictionKind = (typeof contradictionKinds)[number];

/** A place where the user speaks against its own profile. */
export interface Contradiction {
  kind: ContradictionKind;
  turn: number;
  /** The words that name the attribute or item. */
  found: string;
}

/** What a turn's words say against the profile. */
function against(
  { text }: Turn,
  profile: Dialogue['profile'],
  catalogue: Catalogue,
): Omit<Contradiction, 'turn'>[] {
  const found: Omit<Contradiction, 'turn'>[] = [];
  const isOf = (list: readonly { value: string }[], value: string) =>
    list.some((attribute) => attribute.value === value);
  for (const { attribute, start, end } of catalogue.findAttributeMentions(text)) {
    const stance = stanceAt(text, start, end);
    const words = text.slice(start, end);
    if (stance === 'wants' && isOf(profile.unwanted, attribute.value)) {
      found.push({ kind: 'wants-unwanted', found: words });
    }
    if (stance === 'refuses' && isOf(profile.wanted, attribute.value)) {
      found.push({ kind: 'denies-wanted', found: words });
    }
  }
  for (const { item, homonyms, start, end } of catalogue.link(text)) {
    const opinion = opinionAt(text, start, end);
    const among = (items: readonly string[]) =>
      [item, ...homonyms].some((id) => items.includes(id));
    const words = text.slice(start, end);
    if (opinion === 'likes' && among(profile.disliked)) {
      found.push({ kind: 'likes-disliked', found: words });
    }
    if (opinion === 'dislikes' && among(profile.liked)) {
      found.push({ kind: 'dislikes-liked', found: words });
    }
  }
  return found;
}

const informs = (turn: Turn): boolean =>
  turn.role === 'user' && turn.actions.some(({ type }) => type === 'inform');

/** Every contradiction of the user's inform turns with its own profile. */
export function contradictionsOf(dialogue: Dialogue, catalogue: Catalogue): Contradiction[] {
  return dialogue.turns.flatMap((turn, i) =>
    informs(turn)
      ? against(turn, profileAt(dialogue, i), catalogue).map((c) => ({ ...c, turn: i }))
      : [],
  );
}

const foundIn = oncePerDialogue((dialogue, { catalogue }) => contradictionsOf(dialogue, catalogue));

function contradictions(kind: ContradictionKind | 'any'): Metric {
  return defineMetric<Quotient>({
    id: `contradictions-${kind}`,
    name: kind === 'any' ? 'Contradictions with the profile' : `Contradictions: ${kind}`,
    formula:
      'inform turns of the user that want what its profile does not, turn down what it wants, praise a film it ' +
      'dislikes or run down one it likes / its inform turns',
    variant: 'by rules over English words; what the rules cannot tell counts as none',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: (dialogue, context) => {
      const found = foundIn(dialogue, context);
      const hits = new Set(
        found.filter((c) => kind === 'any' || c.kind === kind).map(({ turn }) => turn),
      );
      return { part: { hits: hits.size, of: dialogue.turns.filter(informs).length } };
    },
    combine: pooled,
    counts: countsOf('inform turns'),
    undefinedBecause: 'There is no inform turn.',
  });
}

export const contradictionMetrics: readonly Metric[] = [
  contradictions('any'),
  ...contradictionKinds.map(contradictions),
];
