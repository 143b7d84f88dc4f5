import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import { runProcess } from '../../../src/cli/tasks/process';
import { withoutTimings } from '../../support/timings';
import { readJson, script, simulate, vitest } from './commands';
import { inFreshClone, startAnswers } from './fresh-clone';
import type { ExperimentOptions } from '../eval/options';
import type { PairOptions } from '../pair/options';
import type { BarKey, BarRecord } from './record';

export type Measured = Pick<BarRecord, 'passed' | 'figures' | 'n' | 'seed' | 'command' | 'detail'>;

export interface MeasureContext {
  /** The folder of the ReDial data. */
  redial: string | null;
  /** Where dialogues go: a folder of these very inputs, so that an interrupted run goes on and an old one is not used. */
  folder: string;
  /** How much, for the bars of the evaluation lab. */
  experiment: ExperimentOptions;
  /** Which models, and how much, for the bars of the pair. */
  pair: PairOptions;
}

/** One bar of the project. */
export interface Bar extends BarKey {
  title: string;
  /** What its result depends on: files and folders. */
  inputs: readonly string[];
  /** Needs the external data of `--redial`. */
  needsRedial?: boolean;
  measure(root: string, context: MeasureContext): Promise<Measured>;
}

const core = [
  'domain',
  'profile',
  'recommend',
  'action',
  'prompt',
  'dialogue',
  'baseline',
  'metrics',
].map((stage) => `src/lib/${stage}`);
const engines = ['src/lib/engine', 'workers', 'static/models'];
const everything = [
  'src',
  'workers',
  'static',
  'test/e2e',
  'test/unit',
  'models/recipe',
  'package-lock.json',
];

/** Of bars 5 and 6, which hold dialogues with the real model. */
const realInputs = [
  ...core,
  ...engines,
  'src/cli/simulate',
  'src/cli/browser',
  'static/domains',
  'test/unit/dialogue/firewall.test.ts',
];

const seed = 11;
const realDialogues = 20;
const realRun = (engine: 'wasm' | 'native', out: string, count: number) => [
  ...['--engine', engine, '--seed', String(seed), '--trace'],
  ...['--dialogues', String(count), '--out', out],
];
const typed = (args: readonly string[]) => `npm run simulate -- ${args.join(' ')}`;
const percent = (value: number | null) =>
  value === null ? 'unknown' : `${(value * 100).toFixed(1)} %`;

const freshClone: Bar = {
  number: 1,
  title: 'A fresh clone: npm start and npm run simulate are the only command typed',
  inputs: everything,
  measure: async (root) => {
    const serves = await inFreshClone(root, startAnswers);
    const written = await inFreshClone(root, async (clone) => {
      const out = join(clone, 'two.jsonl');
      const args = ['run', 'simulate', '--', '--dialogues', '2', '--engine', 'wasm', '--out', out];
      const { code } = await runProcess('npm', args, { cwd: clone });
      return code === 0 ? readFileSync(out, 'utf8').trim().split('\n').length : 0;
    });
    return {
      passed: serves && written === 2,
      figures: { 'npm start serves': serves ? 'yes' : 'no', 'dialogues written': written },
      n: '2 clones',
      seed: 1,
      command: 'npm start; npm run simulate -- --dialogues 2 --engine wasm',
    };
  },
};

const realPage: Bar = {
  number: 2,
  title: 'The page with the real model: 6 turns on wasm, 2 through web-llm, a reload keeps all',
  inputs: [
    ...core,
    ...engines,
    'src/lib/state',
    'src/lib/ui',
    'src/routes',
    'test/e2e/page.test.ts',
  ],
  measure: async (root) => {
    const { passed, failed } = await vitest(root, 'e2e', ['test/e2e/page.test.ts']);
    return {
      passed: failed === 0 && passed >= 2,
      figures: { passed, failed },
      n: '6 turns on wasm, 2 on webgpu (software adapter)',
      seed: 1,
      command: 'INTERPLAY_BARS=full npx vitest run --project e2e test/e2e/page.test.ts',
    };
  },
};

const librarySpeed: Bar = {
  number: 3,
  title: 'WebGPU library against stock schedules: prefill >= 4x, decode >= 10x',
  inputs: ['models/recipe/library', 'static/models/lib', 'test/bars/library-speed.mjs'],
  measure: async (root) => {
    const stock = await runProcess('bash', ['models/build.sh', 'stock'], { cwd: root });
    const file = 'test/bars/library-speed.mjs';
    const out = join(root, 'test/bars/library-speed.json');
    const code = stock.code || (await script(root, file, ['--out', out]));
    if (code !== 0) throw new Error('The speeds could not be measured; the lines above say why.');
    const { prefill, decode, tokens } = readJson(root, 'library-speed.json') as unknown as {
      prefill: { ratio: number };
      decode: { ratio: number };
      tokens: { prompt: number; completion: number };
    };
    return {
      passed: prefill.ratio >= 4 && decode.ratio >= 10,
      figures: { prefill: `${String(prefill.ratio)}x`, decode: `${String(decode.ratio)}x` },
      n: `${String(tokens.prompt)} and ${String(tokens.completion)} tokens, one run`,
      seed: null,
      command: `bash models/build.sh stock && node ${file}`,
    };
  },
};

interface Share {
  n: number;
  share: number;
}

const engineAgreement: Bar = {
  number: 4,
  title:
    'wasm and webgpu pick the same token: >= 95 %, >= 99 % where the two best differ by > 0.5 nat',
  inputs: [
    'src/lib/engine',
    'static/models',
    'test/bars/engine-agreement.ts',
    'test/bars/engine-agreement-page.ts',
  ],
  measure: async (root) => {
    await script(root, 'test/bars/engine-agreement.ts');
    const { all, clear } = readJson(root, 'engine-agreement.json') as unknown as {
      all: Share;
      clear: { byWasmMargin: Share };
    };
    const { q4_0WithQ8_0Embedding: quantised } = readJson(root, 'quantisation.json') as unknown as {
      q4_0WithQ8_0Embedding: { top1Agreement: number; perplexityIncrease: number };
    };
    return {
      passed: all.n >= 200 && all.share >= 0.95 && clear.byWasmMargin.share >= 0.99,
      figures: {
        same: percent(all.share),
        'where clear': percent(clear.byWasmMargin.share),
        '4 bit against f32, top 1': percent(quantised.top1Agreement),
        'perplexity +': percent(quantised.perplexityIncrease),
      },
      n: `${String(all.n)} positions, ${String(clear.byWasmMargin.n)} clear`,
      seed: null,
      command: 'npx tsx test/bars/engine-agreement.ts',
    };
  },
};

const repeatable: Bar = {
  number: 5,
  title: 'The same seed twice on wasm: byte-identical records but for timings',
  inputs: realInputs,
  measure: async (root, { folder }) => {
    const count = 2;
    const files = [`${folder}/real.jsonl`, `${folder}/again.jsonl`];
    for (const file of files) await simulate(root, realRun('wasm', file, count));
    const [one, two] = files.map((file) =>
      withoutTimings(readFileSync(join(root, file), 'utf8').split('\n').slice(0, count).join('\n')),
    );
    return {
      passed: one === two,
      figures: { 'bytes compared': one?.length ?? 0, equal: one === two ? 'yes' : 'no' },
      n: `${String(count)} dialogues`,
      seed,
      command: `${typed(realRun('wasm', 'A', count))}, twice`,
    };
  },
};

const firewall: Bar = {
  number: 6,
  title: 'Firewall: a property over >= 200 profiles, and no breach in 20 real dialogues',
  inputs: realInputs,
  measure: async (root, { folder }) => {
    const property = await vitest(root, 'unit*', ['test/unit/dialogue/firewall.test.ts']);
    // Prompts are the same on every engine, and this one holds several dialogues at once.
    const args = realRun('native', `${folder}/native.jsonl`, realDialogues);
    const { dialogues, outcome, out } = await simulate(root, args);
    const value = (id: string) => outcome.metrics.find((metric) => metric.id === id)?.value ?? null;
    const held = readFileSync(out, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Dialogue);
    const turns = held.flatMap((dialogue) => dialogue.turns);
    const titles = turns.filter(({ violations }) =>
      violations.some(({ kind }) => kind === 'stray-title'),
    );
    return {
      passed:
        property.failed === 0 && dialogues.finished === realDialogues && value('prompt-leak') === 0,
      figures: {
        'property tests': `${String(property.passed)} passed, ${String(property.failed)} failed`,
        'dialogues with a breach': percent(value('prompt-leak')),
        turns: turns.length,
        'turns with any violation': percent(value('violation-any-turns')),
        'turns with a stray title': titles.length,
        'targets named by the user first': percent(value('reply-leak')),
      },
      n: `${String(dialogues.finished)} dialogues`,
      seed,
      command: typed(realRun('native', 'FILE', realDialogues)),
    };
  },
};

const linking: Bar = {
  number: 7,
  title: 'Linking: >= 98 % of 500 mentions, >= 90 % with typos',
  inputs: ['src/lib/domain', 'static/domains/movies/catalogue.json', 'test/bars/linking.ts'],
  needsRedial: true,
  measure: async (root, { redial }) => {
    const file = join(redial ?? '', 'train.jsonl');
    await script(root, 'test/bars/linking.ts', ['--redial', file]);
    const { mentions, typos, falseLinks, ...rest } = readJson(root, 'linking.json') as unknown as {
      mentions: Share;
      typos: Share;
      falseLinks: { otherPer1000: number };
      seed: number;
      passed: boolean;
    };
    return {
      passed: rest.passed,
      figures: {
        mentions: percent(mentions.share),
        typos: percent(typos.share),
        'false links per 1,000 turns, at most': falseLinks.otherPer1000.toFixed(1),
      },
      n: `${String(mentions.n)} mentions, ${String(typos.n)} typos`,
      seed: rest.seed,
      command: 'npx tsx test/bars/linking.ts --redial DIR/train.jsonl',
    };
  },
};

const ciMinutes: Bar = {
  number: 8,
  title: '.ci/run in a fresh clone passes in less than 30 minutes',
  inputs: everything,
  measure: async (root) => {
    const started = Date.now();
    const code = await inFreshClone(root, async (clone) => {
      const env = { CI: 'true' };
      return (await runProcess('bash', ['.ci/run'], { cwd: clone, env })).code;
    });
    const minutes = (Date.now() - started) / 60_000;
    return {
      passed: code === 0 && minutes < 30,
      figures: { minutes: minutes.toFixed(1), 'exit code': code },
      n: '1 run',
      seed: null,
      command: 'bash .ci/run',
    };
  },
};

const controls: Bar = {
  number: 9,
  title:
    'Controls: always-accept has discrimination 0; oracle and honest user verified success 100 %',
  inputs: [...core, 'static/domains', 'src/cli/simulate'],
  measure: async (root, { folder }) => {
    const count = readFileSync(join(root, 'static/domains/movies/profiles.jsonl'), 'utf8')
      .trim()
      .split('\n').length;
    const pair = async (user: string, recommender: string, id: string) => {
      const out = `${folder}/${user}-${recommender}.jsonl`;
      const args = ['--user', user, '--recommender', recommender, '--dialogues', String(count)];
      const { outcome } = await simulate(root, [...args, '--seed', '1', '--out', out]);
      return outcome.metrics.find((metric) => metric.id === id)?.value ?? null;
    };
    const success = await pair('honest', 'oracle', 'verified-success');
    const discrimination = await pair('always-accept', 'content', 'discrimination');
    return {
      passed: success === 1 && discrimination === 0,
      figures: {
        'verified success of the oracle': percent(success),
        'discrimination of always-accept': discrimination ?? 'unknown',
      },
      n: `${String(count)} shown profiles, twice`,
      seed: 1,
      command: typed(['--user', 'honest', '--recommender', 'oracle', '--dialogues', String(count)]),
    };
  },
};

/** All bars, the quick ones first. */
export const bars: readonly Bar[] = [
  controls,
  linking,
  librarySpeed,
  engineAgreement,
  realPage,
  repeatable,
  firewall,
  freshClone,
  ciMinutes,
];
