/**
 * Bar app-1: the browser is killed at random moments of runs, started again, and its runs go on. An interrupted
 * measurement goes on where it was: browser profiles and what was seen stand in the folder.
 * Usage: npx tsx test/bars/app/faults.ts [--engine scripted|wasm] [--kills 100] [--folder runs/bars/faults]
 * Writes test/bars/app/faults-ENGINE.json.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../../../src/cli/bootstrap/build.mjs';
import { startSite, type Site } from '../../../src/cli/site/server';
import { startScriptedSite } from '../../e2e/scripted/site';
import { emptyLog, killAndGoOn, type FaultLog, type FaultPlan } from '../../support/fault-run';
import { machineText } from '../runner/record';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'scripted' },
    kills: { type: 'string' },
    folder: { type: 'string', default: 'runs/bars/faults' },
  },
});
const isScripted = values.engine === 'scripted';
const kills = Number(values.kills ?? (isScripted ? 100 : 5));
const seed = 5;
const folder = resolve(values.folder, `${values.engine}-${String(kills)}`);
mkdirSync(folder, { recursive: true });
const file = join(folder, 'log.json');

interface Progress {
  /** The database belongs to an address, and so to a port. */
  port: number;
  seconds: number;
  log: FaultLog;
}

const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : null;
const site = await serve(before?.port ?? 0);
const port = Number(new URL(site.url).port);
if (before && before.port !== port) {
  await site.close();
  throw new Error(
    `Port ${String(before.port)} is taken, and the browser's data belongs to it. Free it, or delete ${folder}.`,
  );
}
const started = Date.now();
const log = before?.log ?? emptyLog();
const save = () => {
  const seconds = (before?.seconds ?? 0) + Math.round((Date.now() - started) / 1000);
  writeFileSync(file, JSON.stringify({ port, seconds, log } satisfies Progress));
  return seconds;
};
try {
  const plan: FaultPlan = {
    url: site.url,
    profile: join(folder, 'killed'),
    kills,
    seed,
    within: isScripted ? 2500 : 40_000,
    run: isScripted
      ? { profiles: 100, perProfile: 1, maxTurns: 8 }
      : { profiles: 2, perProfile: 1, maxTurns: 6, engine: 'WebAssembly (CPU)' },
  };
  const killed = await killAndGoOn(plan, log, () => {
    process.stdout.write(
      `${String(log.kills.length)} of ${String(kills)} kills, ${String(save())} s\n`,
    );
  });
  // The real model reads a conversation anew after a reload, and rounds differently: only what was committed is compared.
  const runs = killed.queue.length;
  const undisturbed = isScripted
    ? await killAndGoOn(
        { ...plan, profile: join(folder, 'undisturbed'), kills: 0, runs },
        emptyLog(),
      )
    : null;
  const turnsOf = (stored: { turns: readonly unknown[] }) =>
    new Set(stored.turns.map((turn) => JSON.stringify(turn)));
  const expected = undisturbed && turnsOf(undisturbed);
  const sum = (name: 'lost' | 'lostDialogues') =>
    log.kills.reduce((total, kill) => total + kill[name], 0);
  const result = {
    engine: values.engine,
    kills: log.kills.length,
    runs,
    dialogues: killed.dialogues.length,
    resumed: killed.dialogues.filter(({ resumed }) => resumed).length,
    turns: killed.turns.length,
    /** Kills that came when no further turn had been reported since the one before. */
    killsWithoutTurn: log.kills.filter(
      ({ reported }, i) => reported === (log.kills[i - 1]?.reported ?? 0),
    ).length,
    lost: sum('lost'),
    lostDialogues: sum('lostDialogues'),
    doubled: log.doubled,
    /** Turns that differ from those of the same runs without a kill; null where that cannot be asked. */
    different:
      expected &&
      [...turnsOf(killed)].filter((turn) => !expected.has(turn)).length +
        Math.abs(expected.size - killed.turns.length),
    unfinished: killed.dialogues.filter(({ status }) => status === 'running' || status === 'failed')
      .length,
    seed,
    seconds: save(),
    machine: machineText(),
    moments: log.kills.map(({ after, reported }) => [after, reported]),
  };
  writeFileSync(
    join('test', 'bars', 'app', `faults-${values.engine}.json`),
    `${JSON.stringify(result, null, 2)}\n`,
  );
  process.stdout.write(`${JSON.stringify({ ...result, moments: undefined })}\n`);
} finally {
  await site.close();
}

async function serve(wanted: number): Promise<Site> {
  if (isScripted) return startScriptedSite({ delay: [5, 60] }, { port: wanted });
  if (!build(process.cwd(), (line) => process.stderr.write(`${line}\n`)))
    throw new Error('no build');
  return startSite({ buildDir: 'build', port: wanted, host: '127.0.0.1', allowNetwork: false });
}
