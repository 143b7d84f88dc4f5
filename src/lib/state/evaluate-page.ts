import type { RecommenderAgent } from '../dialogue/agent';
import { LabError } from '../contracts/errors';
import { createBrowserEngine } from '../engine/create';
import { Evaluator } from './evaluate.svelte';
import { RatingFigure } from './evaluate-ratings.svelte';
import { TurnMaker, type TurnSeat } from './evaluate-turns.svelte';
import type { Lab } from './lab.svelte';
import { encoderAddress, evaluateInWorker } from './metrics-host';
import { ModelSeat } from './model-seat.svelte';
import { domainOf } from './runs-engines';
import { takeSeats } from './seats';

/** What the page Evaluate holds. */
export interface EvaluatePage {
  evaluator: Evaluator;
  turns: TurnMaker;
  ratings: RatingFigure;
}

const pages = new WeakMap<Lab, EvaluatePage>();

/** The lab's one page of evaluation: what was computed is there again when another page was looked at. */
export function evaluatePage(lab: Lab, program: string): EvaluatePage {
  const found = pages.get(lab) ?? createPage(lab, program);
  pages.set(lab, found);
  return found;
}

function createPage(lab: Lab, program: string): EvaluatePage {
  const seat = new ModelSeat('recommender', createBrowserEngine);
  const evaluator = new Evaluator({
    evaluate: evaluateInWorker,
    catalogue: async (domain) =>
      (await domainOf(lab, domain ?? lab.domain?.id ?? 'movies')).catalogue,
    encoder: encoderAddress(lab.root),
    program,
  });
  const turns = new TurnMaker({
    store: () => lab.archive.store,
    agent: (chosen, asked) => openAgent(lab, seat, chosen, asked),
  });
  return { evaluator, turns, ratings: new RatingFigure() };
}

async function openAgent(
  lab: Lab,
  seat: ModelSeat,
  chosen: TurnSeat,
  { domain: id, seed, signal }: Parameters<TurnMaker['deps']['agent']>[1],
): ReturnType<TurnMaker['deps']['agent']> {
  const domain = await domainOf(lab, id);
  const taken = await takeSeats({ user: 'honest', recommender: chosen }, domain, seed, () => {
    const model = lab.seatModels.recommender;
    if (!lab.engine?.possible || !model) {
      throw new LabError(
        'engine-unavailable',
        lab.engine?.reason ?? 'There is no model for this seat. Add one on the page Models.',
      );
    }
    const { id: modelId, location } = model;
    return seat.ready(lab.engine.kind, { id: modelId, location }, signal);
  });
  return { agent: agentOf(taken), catalogue: domain.catalogue };
}

function agentOf(taken: Awaited<ReturnType<typeof takeSeats>>): RecommenderAgent {
  if ('user' in taken && !taken.recommender.referenceDependent) return taken.recommender.agent;
  throw new LabError('internal', 'A system that must be handed targets cannot answer for people.');
}
