import type { Dialogue, DialogueConfig, Run, SeatRecord, Turn } from '../../../src/lib/contracts';
import type { DialogueHeader } from '../../../src/lib/store';

const sampling = { temperature: 0.7, topP: 0.9, maxTokens: 96 };

export const config: DialogueConfig = {
  maxTurns: 20,
  sampling: { user: sampling, recommender: sampling },
  candidates: 50,
  slate: 1,
  constrained: true,
  trace: false,
};

const seat: SeatRecord = { id: 'scripted', hash: null, promptVersion: null, engine: 'scripted' };

export function aRun(part: Partial<Run> = {}): Run {
  return {
    schemaVersion: 1,
    id: 'run-1',
    domain: 'boardgames',
    seed: 7,
    config,
    models: { user: seat, recommender: seat },
    promptVersion: 'v',
    profileIds: ['profile-1'],
    status: 'running',
    createdAt: 1000,
    ...part,
  };
}

export function aHeader(part: Partial<DialogueHeader> = {}): DialogueHeader {
  return {
    schemaVersion: 1,
    id: 'dialogue-1',
    runId: 'run-1',
    profileId: 'profile-1',
    domain: 'boardgames',
    seed: 7,
    config,
    models: { user: seat, recommender: seat },
    promptVersion: 'v',
    profile: {
      schemaVersion: 1,
      id: 'profile-1',
      domain: 'boardgames',
      summary: 'Likes short games.',
      wanted: [],
      unwanted: [],
      liked: [],
      disliked: [],
      anonymity: 5,
      source: { dataset: 'none', split: 'hand', licence: 'CC0-1.0' },
    },
    targets: ['g1'],
    referenceDependent: false,
    resumed: false,
    outcome: null,
    startedAt: 1000,
    ...part,
  };
}

export function aTurn(text: string, part: Partial<Turn> = {}): Turn {
  return {
    role: 'user',
    actions: [{ type: 'chat' }],
    text,
    raw: `[chat]\n${text}`,
    mentions: [],
    violations: [],
    tokens: { prompt: 10, cached: null, completion: 3 },
    ms: { prefill: 1, decode: 2.5, total: 3.5 },
    seed: 20_000_000,
    ...part,
  };
}

export function aDialogue(part: Partial<Dialogue> = {}): Dialogue {
  const { turns = [aTurn('Hello'), aTurn('Hi', { role: 'recommender' })], ...header } = part;
  return { ...aHeader(header), turns };
}
