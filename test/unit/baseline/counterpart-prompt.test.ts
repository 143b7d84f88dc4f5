import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  counterpartMessages,
  counterpartPrompt,
  type CounterpartView,
} from '../../../src/lib/baseline/counterpart-prompt';
import { counterpartView } from '../../../src/lib/baseline/counterpart-view';
import { goldenCounterpartViews } from '../../../src/lib/baseline/golden';
import { baselinePromptVersion } from '../../../src/lib/baseline/version';
import { toBrief } from '../../../src/lib/profile/brief';
import { checkMessages } from '../../../src/lib/engine/chatml';
import { goldenPack } from '../../../src/lib/prompt/golden';
import { recommenderPrompt, userPrompt } from '../../../src/lib/prompt/request';
import { promptVersion } from '../../../src/lib/prompt/version';
import { tinyProfile } from '../../support/tiny-domain';
import { finish, depsOf, tiny } from '../dialogue/harness';

const labels = ['Alpha (2001)', 'Beta (1990)', 'Delta (2003)'];

function shown(view: CounterpartView): string {
  const { messages, grammar } = counterpartPrompt(view, goldenPack, labels, 2);
  return [
    ...messages.map(({ role, content }) => `${role}> ${content}`),
    `grammar>\n${grammar}`,
  ].join('\n');
}

describe("the counterpart's prompt", () => {
  it.each(goldenCounterpartViews.map((view, i) => [i, view] as const))(
    'view %i',
    async (i, view) => {
      await expect(shown(view)).toMatchFileSnapshot(
        `../../golden/prompt-counterpart-${String(i)}.txt`,
      );
    },
  );

  it('keeps its version, which is not that of the roles', () => {
    // A new version locks every counterpart out that was fine-tuned under this one. Change it on purpose only.
    expect(baselinePromptVersion()).toMatchInlineSnapshot(`"728445ff203f"`);
    expect(promptVersion()).toBe('416a91384a7e');
  });

  it('asks for each turn in its order, grows by appending, and holds the grammar of whose turn it is', async () => {
    const { turns } = await finish(depsOf());
    expect(turns.length).toBeGreaterThan(4);
    const brief = toBrief(tinyProfile, tiny);
    let before = '';
    turns.forEach((turn, i) => {
      const earlier = turns.slice(0, i);
      const view = counterpartView(brief, tinyProfile.targets, earlier, tiny);
      const { messages, grammar } = counterpartPrompt(view, tiny.pack, labels, 2);
      expect(checkMessages(messages)).toHaveLength(2 * i + 2);
      const heading = turn.role === 'user' ? 'Customer:' : 'Recommender:';
      expect(messages.at(-1)?.content.split('\n').at(-1)).toBe(heading);
      const text = JSON.stringify(messages).slice(0, -1);
      expect(text.startsWith(before)).toBe(true);
      before = text;
      expect(grammar).toBe(
        turn.role === 'user'
          ? userPrompt(view.user, tiny.pack, 2).grammar
          : recommenderPrompt(view.recommender, tiny.pack, labels, 2).grammar,
      );
      // What was written stands there as it was written.
      if (i > 0) expect(messages.at(-2)?.content).toBe(turns[i - 1]?.raw);
    });
  });

  it("names the targets first, and a named film's facts once", async () => {
    const { turns } = await finish(depsOf());
    const view = counterpartView(toBrief(tinyProfile, tiny), tinyProfile.targets, turns, tiny);
    const messages = counterpartMessages(view, tiny.pack);
    const text = messages.map(({ content }) => content).join('\n');
    for (const id of tinyProfile.targets) {
      const label = tiny.byId(id)?.label ?? '-';
      expect(messages[0]?.content).toContain(`\n- ${label}: `);
      expect(text.split(`\n- ${label}: `)).toHaveLength(2);
    }
    const named = turns.flatMap(({ actions }) =>
      actions.flatMap(({ type, items }) => (type === 'recommend' ? (items ?? []) : [])),
    );
    const other = named.find((id) => !tinyProfile.targets.includes(id)) ?? '';
    expect(text.split(`- ${tiny.byId(other)?.label ?? '-'}: `)).toHaveLength(2);
  });
});

/** All TypeScript under a folder. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|svelte)$/.test(path))
    .map((path) => join(folder, path));
}

describe('the way of the roles', () => {
  it.each(['domain', 'profile', 'recommend', 'action', 'prompt', 'engine', 'dialogue'])(
    'imports nothing of the reference-dependent systems: %s',
    (stage) => {
      const files = sources(`src/lib/${stage}`);
      expect(files.length).toBeGreaterThan(0);
      const importing = files.filter((file) =>
        /from '[^']*\/baseline\/|import\('[^']*\/baseline\//.test(readFileSync(file, 'utf8')),
      );
      expect(importing).toEqual([]);
    },
  );
});
