import type { Role } from '../../../src/lib/contracts/action';
import type { Outcome, Turn } from '../../../src/lib/contracts/dialogue';
import type { ChatEngine, CompletionRequest, EngineInfo } from '../../../src/lib/contracts/engine';
import type { Profile } from '../../../src/lib/contracts/profile';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import { runDialogue, type DialogueDeps } from '../../../src/lib/dialogue/run-dialogue';
import { outcomeOf } from '../../../src/lib/dialogue/stop';
import { honestUser } from '../../../src/lib/dialogue/scripted-users';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { createCatalogue, type Catalogue } from '../../../src/lib/domain/catalogue';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';

export const tiny: Catalogue = createCatalogue(tinyPack);

/** An engine that answers by a function of the request, and remembers what it was asked. */
export function answering(
  answer: (request: CompletionRequest, asked: number) => string | Promise<string>,
  info: Partial<EngineInfo> = {},
): ChatEngine & { requests: CompletionRequest[]; resets: number } {
  const requests: CompletionRequest[] = [];
  const engine = {
    requests,
    resets: 0,
    load: () => Promise.resolve(engine.info()),
    async complete(request: CompletionRequest) {
      request.signal?.throwIfAborted();
      requests.push(request);
      const text = await answer(request, requests.length - 1);
      return {
        text,
        prompt: JSON.stringify(request.messages),
        tokens: { prompt: 10, cached: 5, completion: 3 },
        ms: { prefill: 1, decode: 2, total: 3 },
        finish: 'stop' as const,
      };
    },
    reset: () => {
      engine.resets += 1;
      return Promise.resolve();
    },
    info: (): EngineInfo => ({
      kind: 'scripted',
      device: 'test',
      model: { id: 'test-model', hash: null, promptVersion: null },
      slots: 1,
      grammar: true,
      contextLength: null,
      ...info,
    }),
    unload: () => Promise.resolve(),
  };
  return engine;
}

export function depsOf(changes: Partial<DialogueDeps> = {}): DialogueDeps {
  return {
    user: honestUser(),
    recommender: rankerRecommender('popularity', createPopularityRanker(tiny), tiny),
    profile: tinyProfile,
    catalogue: tiny,
    config: defaultConfig,
    runId: 'run-1',
    dialogueId: 'dialogue-1',
    seed: 1,
    ...changes,
  };
}

/** Pulls a dialogue to its end, or until it has so many turns. */
export async function finish(
  deps: DialogueDeps,
  most = Infinity,
): Promise<{ turns: Turn[]; outcome: Outcome }> {
  const turns: Turn[] = [];
  const dialogue = runDialogue(deps);
  while (turns.length < most) {
    const step = await dialogue.next();
    if (step.done === true) return { turns, outcome: step.value };
    turns.push(step.value);
  }
  return { turns, outcome: outcomeOf(turns, 'stopped') };
}

/** A turn as a model would put it out. */
export function turnOf(role: Role, changes: Partial<Turn> = {}): Turn {
  return {
    role,
    actions: [{ type: 'chat' }],
    text: 'Hm.',
    raw: '[chat]\nHm.',
    mentions: [],
    violations: [],
    tokens: { prompt: null, cached: null, completion: null },
    ms: { prefill: null, decode: null, total: 0 },
    seed: null,
    ...changes,
  };
}

/** Profiles by the hundred: random wishes, likes and targets from a catalogue, as a maker of profiles might draw them. */
export function drawProfile(catalogue: Catalogue, random: () => number, id: string): Profile {
  const draw = <T>(values: readonly T[], count: number): T[] => {
    const left = [...values];
    return Array.from({ length: Math.min(count, left.length) }, () =>
      left.splice(Math.floor(random() * left.length), 1),
    ).flat();
  };
  const items = draw(catalogue.items, 5);
  const [first, second, third, ...liked] = items;
  const targets = [first, second, third].flatMap((item) => item ?? []);
  const facts = targets.flatMap((item) => catalogue.attributesOf(item));
  return {
    schemaVersion: 1,
    id,
    domain: catalogue.pack.id,
    summary: `Likes ${liked.map((item) => item.label).join(' and ')}.`,
    wanted: draw(facts, 1 + Math.floor(random() * 3)),
    unwanted: [],
    liked: liked.map((item) => item.id),
    disliked: [],
    ...(random() < 0.5 ? { patience: 'low' as const } : {}),
    targets: targets.map((item) => item.id),
    anonymity: 20,
    source: { dataset: 'drawn', split: 'hand', licence: 'none' },
  };
}
