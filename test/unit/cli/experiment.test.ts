import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExperimentOptions } from '../../../src/cli/experiment/options';
import { simulateArgsOf } from '../../../src/cli/experiment/run-args';
import { readPlan } from '../../../src/cli/simulate/plan';
import { planExperiment } from '../../../src/lib/dialogue/experiment-plan';
import { experimentPresets } from '../../../src/lib/dialogue/experiment-presets';
import { tinyProfile } from '../../support/tiny-domain';
import { withoutTimings } from '../../support/timings';

const base = { id: 'base', role: null };

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bootstrap = join(root, 'src', 'cli', 'bootstrap.mjs');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interplay-experiment-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The command as it is typed. */
function experiment(
  line: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bootstrap, 'experiment', ...line.split(' ')], {
      cwd: root,
      env: { ...process.env, INIT_CWD: folder },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

const smoke = '--preset smoke --out out --resamples 20 --permutations 50';

describe('npm run experiment', () => {
  it('holds every system, reports them, and has nothing to do the second time', async () => {
    const { code, stdout, stderr } = await experiment(smoke);
    // The learned ranker has nothing for this domain: told, and no harm to the others.
    expect(stderr).toContain('No ranker has been taught');
    expect(code).toBe(3);
    expect(stdout).toContain('| Honest script, content | 3 |');
    expect(stdout).toContain('No ranker has been taught');
    const files = await readdir(join(folder, 'out'));
    expect(files.filter((name) => name.endsWith('.jsonl')).sort()).toEqual([
      'counterpart.jsonl',
      'honest-content.jsonl',
      'modular-model.jsonl',
      'oracle.jsonl',
      'pair.jsonl',
      'profiles-usual.jsonl',
    ]);
    const read = () => readFile(join(folder, 'out', 'pair.jsonl'), 'utf8');
    const first = await read();
    const report = await readFile(join(folder, 'out', 'report', 'experiment.md'), 'utf8');
    expect(report).toContain('Counterpart');
    expect(report).not.toContain(folder);
    const again = await experiment(smoke);
    expect(again.code).toBe(3);
    expect(withoutTimings(await read())).toBe(withoutTimings(first));
    expect(again.stdout).toContain('| Honest script, content | 3 |');
  }, 180_000);
});

describe('the options of npm run experiment', () => {
  const files = { 'bad.json': '{"id": "x", "systems": [{"id": "a"}]}', 'no.json': 'text' };
  const read = (line: string) =>
    readExperimentOptions(line === '' ? [] : line.split(' '), (name) => join(folder, name));

  it('change an experiment without changing what it asks', () => {
    const { experiment, standIns } = read(
      '--preset paper --only pair,counterpart --dialogues 2 --seeds 4,5 --user mine --zero-shot theirs',
    );
    expect(experiment).toMatchObject({ dialogues: 2, seeds: [4, 5] });
    expect(experiment?.systems.map(({ id }) => id)).toEqual(['pair', 'counterpart']);
    expect(experiment?.tables.every(({ systems }) => systems.length > 0)).toBe(true);
    expect(standIns).toEqual({ user: 'mine', 'zero-shot': 'theirs' });
  });

  it.each([
    ['', /--preset NAME/],
    ['--preset paper --file bad.json', /--preset NAME/],
    ['--preset nothing', /paper, sweep-k/],
    ['--file bad.json', /systems\[0\]/],
    ['--file no.json', /cannot be read as JSON/],
    ['--file absent.json', /cannot be read as JSON/],
    ['--preset paper --only nobody', /no system "nobody"/],
    ['--preset paper --seeds 1,x', /"seeds"/],
  ])('refuse "%s"', async (line, problem) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    expect(() => read(line)).toThrow(problem);
  });

  it.each(experimentPresets.map((one) => [one.id, one] as const))(
    'give simulations of %s the very settings of the plan',
    (_, one) => {
      const many = Array.from({ length: 300 }, (_, i) => ({
        ...tinyProfile,
        id: `p${String(i)}`,
        anonymity: i + 1,
      }));
      const { runs } = planExperiment(one, many, { models: [base], open: true });
      for (const run of runs) {
        const args = { domain: one.domain, profiles: 'p', out: 'o', scripted: false, rest: [] };
        const plan = readPlan(simulateArgsOf(run, { ...args, engine: 'native' }), {});
        expect(plan).toMatchObject({
          config: run.config,
          seed: run.seed,
          dialogues: run.profileIds.length,
          counterpart: run.seats.counterpart,
        });
      }
    },
  );
});
