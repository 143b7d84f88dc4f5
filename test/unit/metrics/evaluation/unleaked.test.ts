import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../src/lib/metrics';
import { accepts, catalogue, dialogue, named, recommends, says } from '../fixtures';

const quick = { resamples: 0, permutations: 10 };
const sound = () => dialogue([says(), recommends(['f1']), accepts('f1')]);
const leaking = () => dialogue([named(says('Velvet Quarrel?'), 'f1'), recommends(['f1'])]);

describe('metrics without leaked dialogues', () => {
  it('are there for every metric once a target leaked, with what was left out', async () => {
    const { systems } = await evaluate(
      { catalogue, dialogues: [sound(), sound(), leaking()] },
      quick,
    );
    const [system] = systems;
    const unleaked = new Map(system?.unleaked.map((result) => [result.id, result]));
    const results = system?.results.filter(({ id }) => !/-(leak|unleaked|sound)$/.test(id)) ?? [];
    expect(results.length).toBeGreaterThan(50);
    for (const { id } of results) expect(unleaked.has(`${id}-unleaked`)).toBe(true);
    const words = unleaked.get('words-mean-user-unleaked');
    expect(words?.n).toBe(2);
    expect(words?.leftOut).toContainEqual({
      count: 1,
      why: 'dialogue in which a hidden target leaked',
    });
    const own = system?.results.find(({ id }) => id === 'raw-success-unleaked');
    expect(unleaked.get('raw-success-unleaked')?.value).toBe(own?.value);
  });

  it('are not repeated where none leaked', async () => {
    const { systems } = await evaluate({ catalogue, dialogues: [sound(), sound()] }, quick);
    expect(systems[0]?.unleaked).toEqual([]);
  });
});
