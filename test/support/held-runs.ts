import { fileURLToPath } from 'node:url';
import { loadDomain, loadProfiles } from '../../src/cli/simulate/domain-files';
import type { Dialogue, Run, Turn } from '../../src/lib/contracts';
import type { RecommenderAgent } from '../../src/lib/dialogue/agent';
import { rankerRecommender } from '../../src/lib/dialogue/ranker-agent';
import { runDialogue } from '../../src/lib/dialogue/run-dialogue';
import { alwaysAcceptUser, honestUser } from '../../src/lib/dialogue/scripted-users';
import { createDialogue, createRun, defaultConfig, dialogueId } from '../../src/lib/dialogue/start';
import type { Catalogue } from '../../src/lib/domain/catalogue';
import { createPopularityRanker, createRandomRanker } from '../../src/lib/recommend/ranker';
import { writeDialogue } from '../../src/lib/store';

const root = fileURLToPath(new URL('../..', import.meta.url));

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
