import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyLog, killAndGoOn, type FaultPlan } from '../support/fault-run';
import { startScriptedSite, type ScriptedSite } from './scripted/site';

let site: ScriptedSite;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interplay-faults-'));
  site = await startScriptedSite({ delay: [10, 60] });
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a browser that is killed in the middle of a run', () => {
  it('loses no turn and doubles none, and the run comes to the same end', async () => {
    const plan: FaultPlan = {
      url: site.url,
      profile: join(folder, 'killed'),
      kills: 3,
      seed: 5,
      within: 900,
      run: { profiles: 8, perProfile: 1, maxTurns: 6 },
    };
    const log = emptyLog();
    const killed = await killAndGoOn(plan, log);
    expect(log.kills.map(({ lost, lostDialogues }) => lost + lostDialogues)).toEqual([0, 0, 0]);
    expect(log.doubled).toBe(0);
    expect(log.kills.at(-1)?.reported).toBeGreaterThan(0);
    const profile = join(folder, 'undisturbed');
    const undisturbed = await killAndGoOn({ ...plan, profile, kills: 0 }, emptyLog());
    expect(undisturbed.dialogues).toHaveLength(8);
    expect(killed.turns).toEqual(undisturbed.turns);
    expect(killed.dialogues.map(({ id, status }) => [id, status])).toEqual(
      undisturbed.dialogues.map(({ id, status }) => [id, status]),
    );
  });
});
