import { describe, expect, it } from 'vitest';
import type { ChatEngine, CompletionRequest } from '../../../../src/lib/contracts';
import { ScriptedEngine } from '../../../../src/lib/engine/scripted/engine';
import {
  controlResults,
  createContext,
  judgeDialogues,
  judgeMetrics,
  spoilt,
} from '../../../../src/lib/metrics';
import { expectedDigit } from '../../../../src/lib/metrics/judge/ask';
import { judgeInstructions } from '../../../../src/lib/metrics/judge/instructions';
import { accepts, catalogue, chats, dialogue, says } from '../fixtures';

const held = dialogue([says('A farce, please.'), chats('Then see Velvet Quarrel.')]);
const reversedTexts = Object.values(judgeInstructions)
  .flat()
  .filter(({ reversed }) => reversed)
  .map(({ text }) => text);

async function engineOf(
  script: (request: CompletionRequest) => string,
  slots = 1,
): Promise<ChatEngine> {
  const engine = new ScriptedEngine(script, { slots });
  await engine.load({ id: 'judge', location: '' });
  return engine;
}

const asked = ({ messages }: CompletionRequest) => messages.at(-1)?.content ?? '';
const isReversed = (request: CompletionRequest) =>
  reversedTexts.some((text) => asked(request).includes(text));

describe('the judge', () => {
  it('turns reversed wordings round: praise is praise however it is asked for', async () => {
    const praise = await engineOf((request) => (isReversed(request) ? '1' : '5'));
    const { dialogues } = await judgeDialogues(praise, [held], { seed: 1 });
    expect(dialogues[0]).toMatchObject({
      dialogueId: held.id,
      turns: 2,
      unread: 0,
      scores: { relevance: 5, interest: 5, understanding: 5, naturalness: 5 },
    });
  });

  it('puts a model that says one digit whatever is asked in the middle', async () => {
    for (const digit of ['1', '5']) {
      const { dialogues } = await judgeDialogues(await engineOf(() => digit), [held], { seed: 1 });
      expect(dialogues[0]?.scores).toEqual({
        relevance: 3,
        interest: 3,
        understanding: 3,
        naturalness: 3,
      });
    }
  });

  it('sees what was said and nothing else, by a grammar of five digits, with seeds of its own', async () => {
    const requests: CompletionRequest[] = [];
    const engine = await engineOf((request) => (requests.push(request), '3'));
    const secret = dialogue([says('Hello.'), accepts('f1')], { targets: ['f1'] });
    await judgeDialogues(engine, [secret], { seed: 1 });
    expect(requests).toHaveLength(2 * 16);
    expect(new Set(requests.map(({ seed }) => seed)).size).toBe(32);
    const all = requests.map(asked).join('\n');
    for (const hidden of ['f1', 'accept', 'scripted', secret.profile.summary]) {
      expect(all).not.toContain(hidden);
    }
    expect(requests[0]?.grammar).toBe('root ::= "1" | "2" | "3" | "4" | "5"');
  });

  it('gives the same scores again, whatever is asked first', async () => {
    const bySeed = ({ seed }: CompletionRequest) => String((seed % 5) + 1);
    const others = [held, dialogue([says('Something short.'), chats()])];
    const one = await judgeDialogues(await engineOf(bySeed), others, { seed: 4 });
    const many = await judgeDialogues(await engineOf(bySeed, 4), others, { seed: 4 });
    expect(many).toEqual(one);
    const other = await judgeDialogues(await engineOf(bySeed), others, { seed: 5 });
    expect(other.dialogues).not.toEqual(one.dialogues);
  });

  it('counts answers that are no digit and calls no score where there is none', async () => {
    const mute = await engineOf(() => 'none');
    const judged = await judgeDialogues(mute, [held], { seed: 1 });
    expect(judged.dialogues[0]).toMatchObject({ unread: 32, scores: { relevance: null } });
    const [overall] = judgeMetrics(judged);
    const result = overall?.measure([held], createContext([held], catalogue));
    expect(result).toMatchObject({ value: null, n: 0 });
    expect(result?.leftOut[0]?.why).toContain('no answer could be read');
  });

  it('stops when it is told to, and says how far it is', async () => {
    const stop = new AbortController();
    const progress: number[] = [];
    const judging = judgeDialogues(await engineOf(() => '3'), [held], {
      seed: 1,
      signal: stop.signal,
      onProgress: ({ done, total }) => {
        progress.push(done);
        expect(total).toBe(32);
        if (done === 5) stop.abort();
      },
    });
    await expect(judging).rejects.toMatchObject({ name: 'AbortError' });
    expect(progress).toEqual([1, 2, 3, 4, 5]);
  });

  it('wants a loaded model and something said', async () => {
    const unloaded = new ScriptedEngine(['3']);
    await expect(judgeDialogues(unloaded, [held], { seed: 1 })).rejects.toThrow(/No model/);
    const engine = await engineOf(() => '3');
    await expect(judgeDialogues(engine, [], { seed: 1 })).rejects.toThrow(/no turn/);
  });

  it('asks for odds where an engine tells them', async () => {
    const engine = await engineOf(() => '1');
    const logs = [0.1, 0.1, 0.1, 0.1, 0.6].map(Math.log);
    const odd = Object.assign(engine, { logProbabilities: () => Promise.resolve(logs) });
    const { info, dialogues } = await judgeDialogues(odd, [held], { seed: 1 });
    expect(info.how).toBe('expectation');
    // Direct wordings say 4, reversed ones 2.
    expect(dialogues[0]?.scores.relevance).toBeCloseTo(3, 9);
    expect(expectedDigit(logs)).toBeCloseTo(4, 9);
    expect(expectedDigit([-Infinity, -Infinity])).toBeNull();
  });
});

describe('its metrics', () => {
  it('are means over the judged dialogues, called unproven', async () => {
    const praise = await engineOf((request) => (isReversed(request) ? '2' : '4'));
    const metrics = judgeMetrics(await judgeDialogues(praise, [held], { seed: 1 }));
    expect(metrics.map(({ id }) => id)).toEqual([
      'judge-overall',
      'judge-relevance',
      'judge-interest',
      'judge-understanding',
      'judge-naturalness',
    ]);
    const unknown = dialogue([says()]);
    const context = createContext([held, unknown], catalogue);
    const result = metrics[0]?.measure([held, unknown], context);
    expect(result).toMatchObject({ value: 4, n: 1 });
    expect(result?.leftOut).toEqual([{ count: 1, why: 'dialogue that was not judged' }]);
    expect(result?.variant).toContain('unproven');
  });
});

describe('its controls', () => {
  const long = dialogue([
    says('One.'),
    chats('Two.'),
    says('Three.'),
    chats('Four.'),
    says('Five.'),
    chats('Six.'),
  ]);

  it('keep who speaks when, and what each side says but for order or variety', () => {
    const texts = (one: typeof long) => one.turns.map(({ text }) => text);
    const [mixed, same] = [spoilt(long, 'shuffled', 3), spoilt(long, 'repeating', 3)];
    expect(mixed.turns.map(({ role }) => role)).toEqual(long.turns.map(({ role }) => role));
    expect([...texts(mixed)].sort()).toEqual([...texts(long)].sort());
    expect(texts(mixed)).not.toEqual(texts(long));
    expect(spoilt(long, 'shuffled', 3)).toEqual(mixed);
    expect(texts(same)).toEqual(['One.', 'Two.', 'One.', 'Two.', 'One.', 'Two.']);
  });

  it('tell a judge that sees repeats from one that sees nothing', async () => {
    const all = [long, spoilt(long, 'shuffled', 3), spoilt(long, 'repeating', 3)];
    // Says bad of a turn that was said before, good of any other.
    const sharp = await engineOf((request) => {
      const turns = asked(request).split('\n\n')[0]?.split('\n') ?? [];
      const isRepeat = turns.slice(0, -1).includes(turns.at(-1) ?? '');
      return isRepeat === isReversed(request) ? '5' : '1';
    });
    const judged = await judgeDialogues(sharp, all, { seed: 1 });
    const [mixed, same] = controlResults([long], judged, 1);
    expect(mixed).toMatchObject({ n: 1, above: 0, same: 1, difference: 0 });
    expect(same).toMatchObject({ n: 1, above: 1, same: 0 });
    const blind = await judgeDialogues(await engineOf(() => '4'), all, { seed: 1 });
    expect(controlResults([long], blind, 1)[1]).toMatchObject({ above: 0, same: 1, p: 1 });
  });
});
