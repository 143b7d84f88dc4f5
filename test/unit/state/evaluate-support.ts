import { fileURLToPath } from 'node:url';
import { loadDomain, loadProfiles } from '../../../src/cli/simulate/domain-files';
import type { Dialogue, Run, Turn } from '../../../src/lib/contracts';
import type { RecommenderAgent } from '../../../src/lib/dialogue/agent';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { runDialogue } from '../../../src/lib/dialogue/run-dialogue';
import { alwaysAcceptUser, honestUser } from '../../../src/lib/dialogue/scripted-users';
import {
  createDialogue,
  createRun,
  defaultConfig,
  dialogueId,
} from '../../../src/lib/dialogue/start';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import { evaluate } from '../../../src/lib/metrics';
import { createPopularityRanker, createRandomRanker } from '../../../src/lib/recommend/ranker';
import { Evaluator, type EvaluatorDeps } from '../../../src/lib/state/evaluate.svelte';
import { fileSource, type EvaluationSource } from '../../../src/lib/state/evaluate-sources';
import { writeDialogue } from '../../../src/lib/store';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The second domain that ships, small enough for a test, real enough that every metric has its number. */
export async function boardgames() {
  const { catalogue, profiles } = await loadDomain(root, 'boardgames');
  return { catalogue, profiles: (await loadProfiles(profiles, catalogue)).profiles };
}

export interface HeldRun {
  run: Run;
  dialogues: readonly Dialogue[];
}

/** Dialogues without a model, over the same profiles for every system. */
export async function hold(
  seats: { user: 'honest' | 'always-accept'; ranker: 'popularity' | 'random' },
  count: number,
): Promise<HeldRun> {
  const { catalogue, profiles } = await boardgames();
  const chosen = profiles.slice(0, count);
  const user = seats.user === 'honest' ? honestUser() : alwaysAcceptUser();
  const recommender = recommenderOf(seats.ranker, catalogue);
  const config = { ...defaultConfig, maxTurns: 8, trace: true };
  const models = { user: user.seat(), recommender: recommender.seat() };
  const profileIds = chosen.map(({ id }) => id);
  const run = createRun({ domain: 'boardgames', seed: 3, config, models, profileIds }, 1000);
  const dialogues: Dialogue[] = [];
  for (const [i, profile] of chosen.entries()) {
    const id = dialogueId(run.id, profile.id, 0);
    const begun = createDialogue(run, id, profile, false, 1000 + i);
    const deps = { user, recommender, profile, catalogue, config, seed: run.seed };
    const talk = runDialogue({ ...deps, runId: run.id, dialogueId: id });
    const turns: Turn[] = [];
    for (;;) {
      const next = await talk.next();
      if (next.done === true) {
        dialogues.push({ ...begun, turns, outcome: next.value });
        break;
      }
      turns.push(next.value);
    }
  }
  return { run, dialogues };
}

export function recommenderOf(
  ranker: 'popularity' | 'random',
  catalogue: Catalogue,
): RecommenderAgent {
  const made =
    ranker === 'popularity' ? createPopularityRanker(catalogue) : createRandomRanker(catalogue, 3);
  return rankerRecommender(ranker, made, catalogue);
}

export const jsonl = (dialogues: readonly Dialogue[]): string =>
  dialogues.map((dialogue) => `${writeDialogue(dialogue)}\n`).join('');

export function source(name: string, text: string): EvaluationSource {
  return fileSource(new File([text], name, { lastModified: 1 }));
}

/** The page's state, computing here what a page computes in its worker. */
export function evaluatorOn(catalogue: Catalogue, rest: Partial<EvaluatorDeps> = {}): Evaluator {
  const evaluator = new Evaluator({
    evaluate: (input, { encoder: _encoder, ...options }) => evaluate(input, options),
    catalogue: () => Promise.resolve(catalogue),
    encoder: null,
    program: 'interplay-lab 0.1.0',
    ...rest,
  });
  evaluator.set({ resamples: 40, permutations: 60 });
  return evaluator;
}
