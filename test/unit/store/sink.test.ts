import { describe, expect, it } from 'vitest';
import { storeSink } from '../../../src/lib/store';
import { aDialogue, aTurn } from './fixtures';
import { freshStores } from './fresh-store';

const open = freshStores();

describe('storeSink', () => {
  it('keeps what a run hands it, also when the dialogue goes on after a reload', async () => {
    const store = await open();
    const sink = storeSink(store);
    const outcome = { status: 'limit', accepted: [], exchanges: 1 } as const;
    await sink.begin(aDialogue({ turns: [] }));
    await sink.turn('dialogue-1', 0, aTurn('Hello'));
    await sink.begin(aDialogue({ turns: [], resumed: true, startedAt: 5000 }));
    await sink.turn('dialogue-1', 1, aTurn('Hi', { role: 'recommender' }));
    await sink.finish('dialogue-1', outcome);
    expect(await store.getDialogue('dialogue-1')).toStrictEqual(
      aDialogue({ resumed: true, outcome }),
    );
  });
});
