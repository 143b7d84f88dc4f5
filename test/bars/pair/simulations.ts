import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pickProfiles } from '../../../src/cli/simulate/hold';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import type { Profile } from '../../../src/lib/contracts/profile';
import { simulate } from '../runner/commands';
import { keepDialogues, restoreKept } from '../runner/kept';
import { hashInputs } from '../runner/record';
import type { PairModel } from './models';
import type { PairOptions } from './options';
import { seed } from './evidence';

/** What decides what is said, beside the models: not what is made of it. */
export const decisive: readonly string[] = [
  ...['domain', 'profile', 'recommend', 'action', 'prompt', 'dialogue'].map((s) => `src/lib/${s}`),
  'src/lib/engine/native',
  'src/lib/engine/gguf',
  'static/domains/movies',
];

export interface Simulation {
  user: PairModel;
  /** A model, or a control by name. */
  recommender: PairModel | string;
  dialogues: number;
  engine: 'native' | 'wasm';
}

const nameOf = (seat: PairModel | string) => (typeof seat === 'string' ? seat : seat.name);
const hashOf = (seat: PairModel | string) => (typeof seat === 'string' ? seat : seat.hash);

/** The command line of a simulation. */
export function simulateArgs(
  { user, recommender, dialogues, engine }: Simulation,
  { candidates, slots }: Pick<PairOptions, 'candidates' | 'slots'>,
): string[] {
  return [
    ...['--user', user.name, '--recommender', nameOf(recommender), '--engine', engine],
    ...['--dialogues', String(dialogues), '--seed', String(seed)],
    ...(candidates === null ? [] : ['--candidates', candidates]),
    ...(engine === 'native' ? ['--slots', String(slots)] : []),
  ];
}

/**
 * Holds the dialogues of a simulation through the program's own command, on shown profiles, and reads them. They stay
 * in a folder of their inputs: an interrupted run goes on, a longer one begins with a shorter one's, and all bars read
 * the same ones.
 */
export async function simulated(
  root: string,
  simulation: Simulation,
  options: PairOptions,
  profiles: readonly Profile[],
): Promise<readonly Dialogue[]> {
  const inputs = hashInputs(root, decisive);
  const { user, recommender, engine } = simulation;
  const seats = [user.hash, hashOf(recommender)].map((hash) => hash.slice(-12).replace(/\W/g, '_'));
  const file = [...seats, engine, `k-${options.candidates ?? 'own'}`].join('-');
  const folder = join('runs', 'bars', 'pair', inputs);
  const out = join(folder, `${file}.jsonl`);
  restoreKept(root, folder);
  const args = [...simulateArgs(simulation, options), '--out', out];
  const { runId, dialogues } = await simulate(root, args).finally(() => {
    keepDialogues(root, folder);
  });
  if (dialogues.failed > 0) throw new Error(`${String(dialogues.failed)} dialogues failed.`);
  const held = readFileSync(join(root, out), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Dialogue)
    .filter((dialogue) => dialogue.runId === runId);
  // The file may hold more, of a longer run, and has them in the order in which they ended.
  const order = pickProfiles(profiles, simulation.dialogues, seed).map(({ id }) => id);
  return [...new Set(order)].flatMap((id) =>
    held.filter(({ profileId }) => profileId === id).slice(0, count(order, id)),
  );
}

const count = (order: readonly string[], id: string) =>
  order.filter((other) => other === id).length;
