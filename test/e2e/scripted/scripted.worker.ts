import { expose } from 'comlink';
import type { CompletionRequest } from '../../../src/lib/contracts/engine';
import { createRandom } from '../../../src/lib/domain/random';
import { engineApi } from '../../../src/lib/engine/bridge/expose';
import { ScriptedEngine } from '../../../src/lib/engine/scripted/engine';
import { webgpuError } from '../../../src/lib/engine/webgpu/errors';
import type { ScriptedBehaviour } from './behaviour';

/*
 * The scripted engine as a worker of the page: it takes the place of an engine's worker in a copy of the built site, so
 * that all of the page, its bridge and its store are the real ones. What it says depends on the request alone.
 */

const answered = 'scripted-lost-once';

async function readBehaviour(): Promise<ScriptedBehaviour> {
  const url = new URL(`/scripted.json?${String(Date.now())}`, self.location.origin);
  const response = await fetch(url, { cache: 'no-store' });
  return (await response.json()) as ScriptedBehaviour;
}

/** Labels that a rule of the grammar lists. */
function labelsOf(grammar: string): string[] {
  const rule = /^item-0 ::= (.*)$/m.exec(grammar)?.[1] ?? '';
  return [...rule.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(
    ([, text]) => text?.replace(/\\(.)/g, '$1') ?? '',
  );
}

const openings = ['How about', 'Then perhaps', 'You may like', 'Have a look at', 'What of'];
const refusals = [
  'Not that one',
  'No, something else',
  'I would rather not',
  'Hmm, no',
  'Another one',
];

function speak({ grammar = '', seed }: CompletionRequest): string {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  const word = `${String(Math.floor(random() * 1e6))}`;
  const labels = labelsOf(grammar);
  if (/^recommend ::=/m.test(grammar)) {
    const label = pick(labels) ?? '';
    return `[recommend: ${label}]\n${pick(openings) ?? ''} ${label}? ${word}`;
  }
  if (!/^reject ::=/m.test(grammar)) return `[inform]\nSomething good, please. ${word}`;
  const last = labels.at(-1) ?? '';
  if (random() < 0.15) return `[accept: ${last}]\nYes, that one. ${word}`;
  return `[reject: ${last}] [inform]\n${pick(refusals) ?? ''}. ${word}`;
}

// Not awaited here: messages that come before the engine is exposed would be lost.
const behaviour = readBehaviour();
let asked = 0;
const engine = new ScriptedEngine(async (request) => {
  const { delay = [0, 0], loseAt = null } = await behaviour;
  asked += 1;
  const [least, most] = delay;
  const wait = least + (most - least) * createRandom(request.seed)();
  await new Promise((done) => setTimeout(done, wait));
  if (asked === loseAt && !(await caches.has(answered))) {
    await caches.open(answered);
    throw webgpuError(Object.assign(new Error('for the test'), { name: 'DeviceLostError' }));
  }
  return speak(request);
});
expose(engineApi(() => engine));
