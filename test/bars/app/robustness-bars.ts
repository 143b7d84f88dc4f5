import { messages } from '../../e2e/trouble-messages';
import type { Bar } from '../runner/bars';
import { readJson, script, vitest } from '../runner/commands';

interface FaultResult {
  kills: number;
  runs: number;
  dialogues: number;
  resumed: number;
  turns: number;
  lost: number;
  lostDialogues: number;
  doubled: number;
  different: number | null;
  unfinished: number;
  seed: number;
}

const page = [
  'src/lib/state',
  'src/lib/store',
  'src/lib/dialogue',
  'src/lib/engine/bridge',
  'src/routes/runs',
  'src/service-worker.ts',
];
const faultsFile = 'test/bars/app/faults.ts';
const wanted = { scripted: 100, wasm: 5 } as const;

const isWhole = (result: FaultResult) =>
  result.lost === 0 &&
  result.lostDialogues === 0 &&
  result.doubled === 0 &&
  result.unfinished === 0 &&
  (result.different ?? 0) === 0;

const faultText = ({ kills, turns, lost, doubled, resumed }: FaultResult) =>
  `${String(kills)} kills, ${String(turns)} turns: ${String(lost)} lost, ${String(doubled)} doubled, ${String(resumed)} dialogues resumed`;

const faults: Bar = {
  set: 'app',
  number: 1,
  title:
    'Browser killed at 100 random moments of runs (5 with the real model): no turn lost or doubled',
  inputs: [...page, 'test/e2e/scripted', 'test/support/fault-run.ts', faultsFile],
  measure: async (root, { folder }) => {
    let code = 0;
    // The quick one first; each goes on where it was interrupted.
    for (const [engine, kills] of Object.entries(wanted)) {
      const args = ['--engine', engine, '--kills', String(kills), '--folder', folder];
      code ||= await script(root, faultsFile, args);
    }
    if (code !== 0) throw new Error('The browser could not be killed to the end; see above.');
    const of = (engine: string) =>
      readJson(root, `app/faults-${engine}.json`) as unknown as FaultResult;
    const [scripted, real] = [of('scripted'), of('wasm')];
    return {
      passed:
        isWhole(scripted) &&
        isWhole(real) &&
        scripted.kills >= wanted.scripted &&
        real.kills >= wanted.wasm,
      figures: {
        'scripted engine': faultText(scripted),
        'turns that differ from the same runs undisturbed': scripted.different ?? 'unknown',
        'real model on wasm': faultText(real),
      },
      n: `${String(scripted.kills + real.kills)} kills, ${String(scripted.dialogues + real.dialogues)} dialogues`,
      seed: scripted.seed,
      command: `npx tsx ${faultsFile} --engine scripted --kills 100; npx tsx ${faultsFile} --engine wasm --kills 5`,
    };
  },
};

/** What can go wrong, and the tests that hold what the visitor is told of it. */
const troubleTests = {
  unit: [
    'test/unit/store/connection.test.ts',
    'test/unit/store/migrations.test.ts',
    'test/unit/state/runs.test.ts',
    'test/unit/state/runs-parts.test.ts',
    'test/unit/state/update.test.ts',
    'test/unit/engine/files.test.ts',
  ],
  e2e: ['test/e2e/trouble.test.ts'],
} as const;

const trouble: Bar = {
  set: 'app',
  number: 2,
  title:
    'Quota full, database blocked, upgrade from every schema, lost device, corrupt shard, second tab, clock jump: each with its message',
  inputs: [...page, 'src/lib/engine/files', ...troubleTests.unit, 'test/e2e/trouble.test.ts'],
  measure: async (root) => {
    const unit = await vitest(root, 'unit*', troubleTests.unit);
    const e2e = await vitest(root, 'e2e', troubleTests.e2e);
    return {
      passed: unit.failed === 0 && e2e.failed === 0 && e2e.passed >= 7,
      figures: {
        'unit tests': `${String(unit.passed)} passed, ${String(unit.failed)} failed`,
        'in the built page': `${String(e2e.passed)} passed, ${String(e2e.failed)} failed`,
      },
      n: `${String(Object.keys(messages).length)} messages`,
      seed: null,
      command: `npx vitest run --project 'unit*' ${troubleTests.unit.join(' ')}; npx vitest run --project e2e ${troubleTests.e2e.join(' ')}`,
      detail: { messages },
    };
  },
};

const offlineFile = 'test/bars/app/offline.ts';

const offline: Bar = {
  set: 'app',
  number: 4,
  title: 'Network cut after the first visit: reload, a dialogue with the real model, its export',
  inputs: [...page, 'src/lib/engine', 'test/e2e/offline.test.ts', offlineFile],
  measure: async (root) => {
    const tests = await vitest(root, 'e2e', ['test/e2e/offline.test.ts']);
    const code = await script(root, offlineFile);
    if (code !== 0) throw new Error('The real model could not be run offline; see above.');
    const result = readJson(root, 'app/offline.json') as unknown as {
      turnsOffline: number;
      exported: number;
      invalid: number;
      engines: string[];
      foreign: number;
    };
    return {
      passed:
        tests.failed === 0 &&
        tests.passed > 0 &&
        result.turnsOffline >= 2 &&
        result.exported >= 2 &&
        result.invalid === 0 &&
        result.foreign === 0 &&
        result.engines.join() === 'wasm',
      figures: {
        'turns of the real model offline': result.turnsOffline,
        'dialogues exported': result.exported,
        'every page with scripts offline': tests.failed === 0 ? 'yes' : 'no',
        'requests to other addresses': result.foreign,
      },
      n: '1 dialogue on wasm, 1 of scripts, every page',
      seed: 2,
      command: `npx vitest run --project e2e test/e2e/offline.test.ts; npx tsx ${offlineFile}`,
    };
  },
};

export const robustnessBars: readonly Bar[] = [faults, trouble, offline];
