import type { Role } from '../../contracts/action';
import type { Dialogue, Turn } from '../../contracts/dialogue';
import { createRandom, deriveSeed, shuffled, type Random } from '../../domain/random';
import { meanDifferenceP } from '../statistics/permutation';
import { judgeAspects } from './instructions';
import type { Judged, JudgedDialogue } from './judge';

export const judgeControls = ['shuffled', 'repeating'] as const;
export type JudgeControl = (typeof judgeControls)[number];

const idOf = ({ id }: Pick<Dialogue, 'id'>, control: JudgeControl): string => `${id} ${control}`;

/** Draws until an order is another one: a dialogue of two turns has none. */
const mostDraws = 20;

/**
 * The dialogue spoilt: each side's turns in another order, or its first one again and again. A judge must see it. The
 * same seed spoils it the same way.
 */
export function spoilt(dialogue: Dialogue, control: JudgeControl, seed: number): Dialogue {
  const { id, turns } = dialogue;
  const random = createRandom(deriveSeed('judge-control', seed, id, control));
  let texts = spoiltTexts(turns, control, random);
  for (let draw = 1; draw < mostDraws; draw++) {
    if (texts.some((text, i) => text !== turns[i]?.text)) break;
    texts = spoiltTexts(turns, control, random);
  }
  return {
    ...dialogue,
    id: idOf(dialogue, control),
    turns: turns.map((turn, i) => ({ ...turn, text: texts[i] ?? '' })),
  };
}

function spoiltTexts(
  turns: readonly Pick<Turn, 'role' | 'text'>[],
  control: JudgeControl,
  random: Random,
): string[] {
  const said = (role: Role) => turns.flatMap((turn) => (turn.role === role ? [turn.text] : []));
  const mixed = { user: said('user'), recommender: said('recommender') };
  if (control === 'repeating') return turns.map(({ role }) => mixed[role][0] ?? '');
  const order = {
    user: shuffled(mixed.user, random),
    recommender: shuffled(mixed.recommender, random),
  };
  const place = { user: 0, recommender: 0 };
  return turns.map(({ role }) => order[role][place[role]++] ?? '');
}

/** How a judge does on one kind of spoilt dialogue. */
export interface ControlResult {
  control: JudgeControl;
  /** Dialogues of which both were scored. */
  n: number;
  /** Of these, where the original scores above the spoilt one, and where both score the same. */
  above: number;
  same: number;
  /** Original minus spoilt, overall score, mean. */
  difference: number | null;
  /** Two-sided sign-flip permutation test of it. */
  p: number | null;
}

/** Originals against their spoilt versions, both among what was judged. */
export function controlResults(
  originals: readonly Dialogue[],
  { dialogues }: Judged,
  seed: number,
): ControlResult[] {
  const scores = new Map(dialogues.map((one) => [one.dialogueId, overallOf(one)]));
  return judgeControls.map((control) => {
    const differences = originals.flatMap((dialogue) => {
      const own = scores.get(dialogue.id) ?? null;
      const other = scores.get(idOf(dialogue, control)) ?? null;
      return own === null || other === null ? [] : [own - other];
    });
    const n = differences.length;
    return {
      control,
      n,
      above: differences.filter((difference) => difference > 0).length,
      same: differences.filter((difference) => difference === 0).length,
      difference: n === 0 ? null : differences.reduce((sum, one) => sum + one, 0) / n,
      p: meanDifferenceP(differences, seed, `judge control ${control}`),
    };
  });
}

/** The mean of all aspects; `null` where one is missing. */
export function overallOf({ scores }: Pick<JudgedDialogue, 'scores'>): number | null {
  const known = judgeAspects.flatMap((aspect) => scores[aspect] ?? []);
  if (known.length < judgeAspects.length) return null;
  return known.reduce((sum, score) => sum + score, 0) / known.length;
}
