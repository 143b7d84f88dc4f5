/**
 * Bar app-4: the real model with the network cut. First visit: two turns, for which the model is fetched. Then the server
 * is gone and the browser offline; the page is loaded again, holds a dialogue and exports it.
 * Usage: npx tsx test/bars/app/offline.ts
 * Writes test/bars/app/offline.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import { readDialogue } from '../../../src/lib/store';
import { foreign, openLab } from '../../e2e/lab';
import { button, saved, turns } from '../../e2e/page-actions';
import { machineText } from '../runner/record';

const minutes = 60_000;
const lab = await openLab();
const { page, site } = lab;
const talk = async (count: number, seed: number) => {
  await page.getByLabel('Engine', { exact: true }).selectOption({ label: 'WebAssembly (CPU)' });
  for (const [label, value] of [
    ['Most turns', count],
    ['Seed', seed],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(String(value));
    await page.getByLabel(label, { exact: true }).blur();
  }
  await page
    .getByRole('button', { name: /^Let them talk/ })
    .first()
    .click();
  // Of the dialogue before, which is on show until this one begins.
  const again = button(page, 'Let them talk again').first();
  await again.waitFor({ state: 'detached', timeout: minutes });
  await again.waitFor({ timeout: 20 * minutes });
};
try {
  await page.goto(site.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await talk(2, 1);
  await page.context().setOffline(true);
  await site.close();
  const before = lab.requested.length;
  await page.reload();
  await talk(4, 2);
  const spoken = await turns(page).count();
  await page.getByText(/^Held dialogues/).click();
  const text = await saved(page, () => button(page, 'Export all (JSONL)').click());
  const records = text
    .trim()
    .split('\n')
    .map((line) => readDialogue(line));
  const dialogues = records.flatMap((read): Dialogue[] => (read.ok ? [read.dialogue] : []));
  const result = {
    turnsOffline: spoken,
    exported: dialogues.length,
    invalid: records.length - dialogues.length,
    engines: [
      ...new Set(
        dialogues.flatMap(({ models }) => [models.user.engine, models.recommender.engine]),
      ),
    ],
    requestsOffline: lab.requested.length - before,
    foreign: foreign(lab).length,
    machine: machineText(),
  };
  writeFileSync(
    join('test', 'bars', 'app', 'offline.json'),
    `${JSON.stringify(result, null, 2)}\n`,
  );
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await lab.close().catch(() => undefined);
}
