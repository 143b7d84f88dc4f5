import type { Action } from '../../contracts/action';
import type { ItemId } from '../../contracts/catalogue';
import type { Dialogue, DialogueConfig, Turn } from '../../contracts/dialogue';
import type { RecommenderAgent } from '../../dialogue/agent';
import { readTurn } from '../../dialogue/read-turn';
import { namedItems, recommenderView } from '../../dialogue/views';
import type { Catalogue } from '../../domain/catalogue';
import { deriveSeed } from '../../domain/random';
import type { SingleTurn } from './row';

export interface AnswerDeps {
  agent: RecommenderAgent;
  /** What the turns are told as. */
  system: string;
  catalogue: Catalogue;
  config: DialogueConfig;
  seed: number;
  signal?: AbortSignal;
}

/**
 * The single-turn protocol: each recommender's turn of people's dialogues as a system says it, given what the people
 * had said before. The system's list is its picks, then its ranker's order. Dialogues of another domain, and turns in
 * which the person said nothing, are passed over. Aborting rejects. Errors: those of the agent.
 */
export async function* answerSingleTurns(
  dialogues: Iterable<Dialogue> | AsyncIterable<Dialogue>,
  deps: AnswerDeps,
): AsyncGenerator<SingleTurn> {
  for await (const dialogue of dialogues) {
    if (dialogue.domain !== deps.catalogue.pack.id) continue;
    await deps.agent.reset();
    for (const [index, turn] of dialogue.turns.entries()) {
      deps.signal?.throwIfAborted();
      if (turn.role !== 'recommender' || turn.text.trim() === '') continue;
      yield await answer(dialogue, index, turn, deps);
    }
  }
}

async function answer(
  { id, turns }: Dialogue,
  index: number,
  reference: Turn,
  { agent, system, catalogue, config, seed, signal }: AnswerDeps,
): Promise<SingleTurn> {
  const earlier = turns.slice(0, index);
  const spoken = earlier.map((turn, i) => withActs(turn, earlier.slice(0, i)));
  const reply = await agent.respond(recommenderView(spoken, catalogue), {
    seed: deriveSeed('single-turn', seed, id, index),
    sampling: config.sampling.recommender,
    constrained: config.constrained,
    slate: config.slate,
    candidates: config.candidates,
    ...(signal ? { signal } : {}),
  });
  const said = readTurn('recommender', reply, spoken, [], catalogue, false);
  const picks = said.actions.flatMap(({ type, items }) =>
    type === 'recommend' ? (items ?? []) : [],
  );
  return {
    id: `${system} ${id} ${String(index)}`,
    dialogueId: id,
    role: 'recommender',
    system,
    hypothesis: {
      text: said.text,
      acts: actsOf(said.actions),
      items: [...new Set<ItemId>([...picks, ...(reply.candidates ?? [])])],
    },
    reference: {
      text: reference.text,
      ...(reference.actions.length === 0 ? {} : { acts: actsOf(reference.actions) }),
      items: namedItems(reference),
    },
    named: [...new Set(earlier.flatMap(namedItems))],
    context: earlier.map(({ role, text }) => ({ role, text })),
  };
}

const actsOf = (actions: readonly Action[]) => [...new Set(actions.map(({ type }) => type))];

/**
 * A turn of which nobody says what it does: the system reads its own side's turns with an action line, so the
 * context's get one. What names something new recommends it.
 */
function withActs(turn: Turn, earlier: readonly Turn[]): Turn {
  if (turn.actions.length > 0 || turn.role !== 'recommender') return turn;
  const before = new Set(earlier.flatMap(namedItems));
  const items = namedItems(turn).filter((item) => !before.has(item));
  const action: Action =
    items.length > 0
      ? { type: 'recommend', items }
      : { type: turn.text.includes('?') ? 'ask' : 'chat' };
  return { ...turn, actions: [action] };
}
