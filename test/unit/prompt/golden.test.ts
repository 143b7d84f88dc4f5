import { describe, expect, it } from 'vitest';
import { goldenPack, goldenRecommenderView, goldenUserViews } from '../../../src/lib/prompt/golden';
import { recommenderPrompt, userPrompt, type RolePrompt } from '../../../src/lib/prompt/request';
import { promptVersion } from '../../../src/lib/prompt/version';

/** As a person would read it. */
function shown({ messages, grammar }: RolePrompt): string {
  return [
    ...messages.map(({ role, content }) => `${role}> ${content}`),
    `grammar>\n${grammar}`,
  ].join('\n');
}

describe('the prompts', () => {
  it.each(goldenUserViews.map((view, i) => [i, view] as const))('user view %i', async (i, view) => {
    await expect(shown(userPrompt(view, goldenPack, 2))).toMatchFileSnapshot(
      `../../golden/prompt-user-${String(i)}.txt`,
    );
  });

  it('recommender view', async () => {
    const prompt = recommenderPrompt(
      goldenRecommenderView,
      goldenPack,
      ['Alpha (2001)', 'Beta (1990)'],
      2,
    );
    await expect(shown(prompt)).toMatchFileSnapshot('../../golden/prompt-recommender.txt');
  });

  it('keep their version: models are trained under it', () => {
    // A new version locks every model out that was fine-tuned under this one. Change it on purpose only.
    expect(promptVersion()).toMatchInlineSnapshot(`"416a91384a7e"`);
  });
});
