import type { SeatRecord } from '../contracts/dialogue';
import type { ChatEngine } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import type { LabelledAction } from '../contracts/view';
import { formatTurn } from '../action/format';
import { rankCandidates, unmodelled, type RecommenderAgent } from '../dialogue/agent';
import { askModel, seatRecord } from '../dialogue/model-agent';
import type { Catalogue } from '../domain/catalogue';
import { rankerRecord, type Ranker } from '../recommend/ranker';
import { decide, type PolicyAct } from './modular-policy';
import { generatorPrompt, itemMark, type ToldAct } from './modular-prompt';
import { phraseAct } from './modular-templates';

/**
 * A modular conversational recommender in the shape of UniCRS (Wang et al. 2022): a policy decides the act, a ranker
 * picks the item, and a generator that decides nothing puts it into words, by templates or, where there is an
 * `engine`, by a language model that is told the act. Its parts are ours; it is not UniCRS itself.
 */
export function modularRecommender(
  id: string,
  ranker: Ranker,
  catalogue: Catalogue,
  engine?: ChatEngine,
): RecommenderAgent {
  return {
    seat: () => ({ ...seatOf(id, engine), ...rankerRecord(ranker) }),
    reset: () => engine?.reset() ?? Promise.resolve(),
    async respond(view, request) {
      const { recorded } = rankCandidates(ranker, view, catalogue, request.candidates);
      const act = decide(view, recorded, catalogue);
      const line = [labelled(act)];
      if (engine === undefined) {
        const raw = formatTurn(line, phraseAct(act, catalogue, request.seed));
        return { ...unmodelled(raw, 0), seed: request.seed, candidates: recorded };
      }
      const prompt = generatorPrompt(view, told(act, catalogue), catalogue.pack);
      const { onText } = request;
      const reply = await askModel(engine, prompt, {
        ...request,
        // What is shown while it is written must be a whole turn too.
        ...(onText
          ? { onText: (text: string) => onText(formatTurn(line, saying(act, text))) }
          : {}),
      });
      return {
        ...reply,
        raw: formatTurn(line, saying(act, reply.raw)),
        candidates: recorded,
      };
    },
  };
}

/** A fine-tuned model answers to its role's prompt and to no other. Error: `model-incompatible`. */
function seatOf(id: string, engine: ChatEngine | undefined): SeatRecord {
  if (engine === undefined) return { id, hash: null, promptVersion: null, engine: 'none' };
  const seat = seatRecord(engine, (model) => {
    if (model.promptVersion === null) return;
    throw new LabError(
      'model-incompatible',
      `The model ${model.id} was fine-tuned for a role's prompts and cannot put a modular system's acts into words. ` +
        'Choose one that is used zero-shot.',
    );
  });
  return { ...seat, id: `${id}:${seat.id}` };
}

function labelled(act: PolicyAct): LabelledAction {
  return act.type === 'recommend' || act.type === 'answer'
    ? { type: act.type, items: [act.item.label] }
    : { type: act.type };
}

function told(act: PolicyAct, catalogue: Catalogue): ToldAct {
  switch (act.type) {
    case 'ask':
      return { type: 'ask', about: act.about?.label.toLowerCase() ?? 'kind' };
    case 'recommend':
    case 'answer':
      return { type: act.type, card: catalogue.factCard(act.item) };
    default:
      return act;
  }
}

/** The generator's line with the title; an engine that holds no grammar may have forgotten its mark. */
function saying(act: PolicyAct, raw: string): string {
  const [first = ''] = raw.split('\n').filter((text) => text.trim() !== '');
  const line = first.replace(/[[\]]/g, '').trim();
  if (act.type !== 'recommend') return line;
  const { label } = act.item;
  const filled = line.replaceAll(itemMark, () => label);
  return line.includes(itemMark) ? filled : `How about ${label}? ${line}`.trim();
}
