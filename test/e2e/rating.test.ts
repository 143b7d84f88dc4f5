import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ratingQuestions,
  type RatingItem,
  type RatingSheet,
  type Score,
} from '../../src/lib/contracts/rating';
import { agreementOf } from '../../src/lib/metrics/people/agreement';
import { mergeRatings } from '../../src/lib/metrics/people/merge';
import { orderFor } from '../../src/lib/metrics/people/order';
import { readRatings, readSession, writeDialogue, writeRatings } from '../../src/lib/store';
import { middling } from '../unit/metrics/evaluation/systems';
import { foreign, openLab, type OpenLab } from './lab';

let lab: OpenLab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(async () => {
  await lab.close();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await (download as Download).path(), 'utf8');
}

async function give(page: Page, press: () => Promise<void>, name: string, text: string) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()]);
  const mimeType = 'application/x-ndjson';
  await chooser.setFiles({ name, mimeType, buffer: Buffer.from(text) });
}

/** Ratings of two raters, none left out, and what the krippendorff package says of them. */
const golden = JSON.parse(readFileSync('test/golden/metrics.json', 'utf8')) as {
  agreement: { alpha: { units: (number | null)[][]; ordinal: number }[] };
};
const pair = golden.agreement.alpha.find(({ units }) =>
  units.every((unit) => unit.length === 2 && !unit.includes(null)),
);

describe('the rating room', () => {
  it('takes a rater through a session by keyboard, over a break and a reload, to the golden alpha', async () => {
    const { page } = lab;
    const { units, ordinal } = pair ?? { units: [], ordinal: NaN };
    const dialogues = middling().slice(0, units.length);
    await page.goto(`${lab.site.url}rate`);
    await page.getByLabel('Dialogues', { exact: true }).selectOption({ label: 'A file (JSONL)' });
    await page.getByLabel('Shown twice').fill('0');
    await page.getByLabel('Shown twice').blur();
    await give(
      page,
      () => button(page, 'Make the session').click(),
      'dialogues.jsonl',
      dialogues.map((one) => `${writeDialogue({ ...one, domain: 'boardgames' })}\n`).join(''),
    );
    const card = page.getByRole('article', { name: 'Rating session' });
    await card.getByText(`${String(units.length)} to rate`).waitFor();
    const { plan, transcripts } = readSession(
      await saved(page, () => button(page, 'Save for raters').click()),
      'session',
    );
    await card.getByLabel('Your name here').fill('Ada');
    await button(page, 'Begin to rate').click();
    await page.waitForURL(/sheet=/);
    const id = new URL(page.url()).searchParams.get('sheet') ?? '';

    const valueOf = (item: RatingItem, rater: number) =>
      (units[plan.items.indexOf(item)]?.[rater] ?? 1) as Score;
    const shown = page.getByRole('region', { name: 'The dialogue' });
    for (const [i, item] of orderFor(plan, id).entries()) {
      await page
        .getByText(`${String(i + 1)} of ${String(units.length)}`, { exact: true })
        .waitFor();
      const words = transcripts.find((one) => one.id === item.a)?.turns[0]?.text ?? '';
      await shown.getByText(words).waitFor();
      const digit = String(valueOf(item, 0));
      for (let n = 0; n < 3; n++) await page.keyboard.press(digit);
      if (i === 0) {
        // Undone and given again; a break; a reload in the middle of all this.
        await page.keyboard.press('u');
        await page.keyboard.press(digit);
        await page.keyboard.press('p');
        await button(page, 'Go on rating').click();
        await page.keyboard.press('Enter');
        await page.reload();
      } else await page.keyboard.press(i % 2 === 0 ? 'Enter' : ' ');
    }
    await page.getByText('All rated, thank you.').waitFor();
    const main = await page.getByRole('main').innerText();
    expect(main).not.toMatch(/middling|\[inform/);
    await button(page, 'Leave').click();

    const other: RatingSheet = {
      ...{ id: 'other', sessionId: plan.id, rater: 'Bo', startedAt: 1 },
      answers: plan.items.flatMap((item) =>
        ratingQuestions.map((question) => ({
          ...{ item: item.id, question, value: valueOf(item, 1), ms: 1000, at: 2 },
        })),
      ),
    };
    await give(
      page,
      () => button(page, 'Add raters’ files').click(),
      'bo.jsonl',
      writeRatings(plan, [other]),
    );
    await page.getByText(`Bo: ${String(units.length * 3)} new answers.`).waitFor();
    await button(page, 'Results').click();
    // With every metric and the encoder, in the metrics' worker: a busy machine takes its time.
    await page
      .getByText(`agreement (alpha) ${ordinal.toFixed(2)}`)
      .first()
      .waitFor({ timeout: 240_000 });
    const all = readRatings(
      await saved(page, () => button(page, 'Save all answers').click()),
      'all',
    );
    const merged = mergeRatings([all]);
    // In which order raters are kept is nobody's concern.
    const gaps = Object.fromEntries(merged.raters.map(({ rater, gaps }) => [rater, gaps.length]));
    expect(gaps).toEqual({ Ada: 0, Bo: 0 });
    for (const { alpha } of agreementOf(merged, 1, 0)) expect(alpha).toBeCloseTo(ordinal, 6);
    await button(page, 'Tables').click();
    await page.getByRole('region', { name: 'Agreement of raters' }).waitFor();
    expect(lab.complaints).toEqual([]);
    expect(foreign(lab)).toEqual([]);
  });
});
