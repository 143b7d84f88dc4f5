import type { ItemId } from '../../../src/lib/contracts/catalogue';
import type { RecommenderView } from '../../../src/lib/contracts/view';
import type { Labels } from '../../../src/cli/prepare/labels';
import { filmIds } from '../../../src/cli/prepare/source-turns';
import { recommenderView } from '../../../src/lib/dialogue/views';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import type { SingleTurn } from '../../../src/lib/metrics/single-turn/row';
import { recommenderMessages } from '../../../src/lib/prompt/recommender';
import type { Ranker } from '../../../src/lib/recommend/ranker';
import { programTurns, type HumanDialogue, type Part } from './human';
import type { Judge } from './jobs';

/** A turn at which a person recommended something. */
export interface ContextQuestion {
  id: string;
  dialogueId: string;
  part: Part;
  view: RecommenderView;
  /** What the person recommended, in order. */
  answers: readonly ItemId[];
  /** What either side had named before. */
  named: readonly ItemId[];
}

/** How deep lists go: Recall@50 without what was named needs a few more. */
const depth = 80;

/** The turns of a dialogue that recommend, each with the talk before it as the program would hold it. */
export function contextQuestions(
  dialogue: HumanDialogue,
  labels: Labels,
  catalogue: Catalogue,
): ContextQuestion[] {
  const turns = programTurns(dialogue, dialogue.turns.length, labels, catalogue, null);
  const named = new Set<ItemId>();
  return dialogue.turns.flatMap((turn, i): ContextQuestion[] => {
    const films = filmIds(turn.text).filter((id) => catalogue.byId(id) !== null);
    const before = [...named];
    films.forEach((film) => named.add(film));
    if (turn.role !== 'recommender' || films.length === 0) return [];
    return [
      {
        id: `${dialogue.source.id}/${String(i)}`,
        dialogueId: dialogue.source.id,
        part: dialogue.part,
        view: recommenderView(turns.slice(0, i), catalogue),
        answers: films,
        named: before,
      },
    ];
  });
}

/** K as it is written: a number, or all. */
export type Cut = number | 'all';

/** All questions of one dialogue: its prompts begin alike. */
export interface ContextJob {
  key: string;
  questions: readonly ContextQuestion[];
}

/** The film that the model names first under each K, by question. */
export type Picks = Readonly<Record<string, Readonly<Record<string, ItemId>>>>;

const act = (label: string) => `[recommend: ${label}]`;

/** Has the model recommend at every turn where the person did, offered the ranker's K best, at temperature 0. */
export async function picksOf(
  judge: Judge,
  { questions }: ContextJob,
  ranker: Ranker,
  catalogue: Catalogue,
  cuts: readonly Cut[],
): Promise<Picks> {
  const picks: Record<string, Record<string, ItemId>> = {};
  for (const { id, view } of questions) {
    const order = ranker.rank(
      view,
      catalogue,
      cuts.includes('all') ? null : Math.max(...numbers(cuts)),
    );
    const labels = order.flatMap((item) => catalogue.byId(item)?.label ?? []);
    const sets = cuts.map((cut) => labels.slice(0, cut === 'all' ? undefined : cut).map(act));
    const chosen = await judge.choose(recommenderMessages(view, catalogue.pack), sets);
    const items = new Map(labels.map((label, i) => [act(label), order[i] ?? '']));
    picks[id] = Object.fromEntries(
      cuts.map((cut, i) => [String(cut), items.get(chosen[i] ?? '') ?? '']),
    );
  }
  return picks;
}

const numbers = (cuts: readonly Cut[]) => cuts.flatMap((cut) => (cut === 'all' ? [] : [cut]));

/** A system's list for a question: its pick first, if it has one, then the ranker's order. */
export function rowOf(
  question: ContextQuestion,
  system: string,
  ranker: Ranker,
  catalogue: Catalogue,
  pick: ItemId | null,
): SingleTurn {
  const order = ranker.rank(question.view, catalogue, depth);
  return {
    id: question.id,
    dialogueId: question.dialogueId,
    role: 'recommender',
    system,
    hypothesis: { text: '', items: [...new Set([...(pick === null ? [] : [pick]), ...order])] },
    reference: { text: '', items: question.answers },
    named: question.named,
  };
}
