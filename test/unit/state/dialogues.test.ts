import { describe, expect, it } from 'vitest';
import { DialogueList } from '../../../src/lib/state/dialogues.svelte';
import { readDialogues, type LabStore } from '../../../src/lib/store';
import { aDialogue, aTurn } from '../store/fixtures';
import { freshStores } from '../store/fresh-store';

const open = freshStores();

async function listOf(count = 5) {
  const store = await open();
  await store.importDialogues(
    Array.from({ length: count }, (_, i) =>
      aDialogue({
        id: `d${String(i)}`,
        startedAt: i,
        runId: i % 2 === 0 ? 'even' : 'odd',
        turns: [aTurn(i === 3 ? 'a rare word' : 'hello'), aTurn('bye')],
      }),
    ),
  );
  let ids = 0;
  const list = new DialogueList({
    store: () => store,
    clock: () => 7000 + ids,
    newId: () => `batch-${String(ids++)}`,
  });
  await list.refresh();
  return { store, list };
}

describe('the list of dialogues', () => {
  it('shows all, the newest first, and what they can be filtered by', async () => {
    const { list } = await listOf();
    expect(list.ids).toEqual(['d4', 'd3', 'd2', 'd1', 'd0']);
    expect(list.values.runId).toEqual([
      { value: 'even', count: 3 },
      { value: 'odd', count: 2 },
    ]);
    await list.choose('runId', 'odd');
    expect(list.ids).toEqual(['d3', 'd1']);
    expect(list.isFiltered).toBe(true);
    await list.clear();
    expect(list.ids).toHaveLength(5);
  });

  it('reads the rows that come into sight, each once', async () => {
    const { list, store } = await listOf();
    const asked: string[][] = [];
    const watched = new DialogueList({
      store: () => ({
        ...store,
        summaries: (ids) => {
          asked.push([...ids]);
          return store.summaries(ids);
        },
      }),
      clock: () => 0,
      newId: () => 'b',
    });
    await watched.find();
    await watched.load(0, 2);
    await watched.load(1, 3);
    await watched.load(0, 3);
    expect(asked).toEqual([['d4', 'd3'], ['d2']]);
    expect(watched.rows.get('d2')?.turns).toBe(2);
    expect(list.rows.size).toBe(0);
  });

  it('searches within what the filter lets through, and says in which turn', async () => {
    const { list } = await listOf();
    await list.setWords('rare WORD');
    expect(list.ids).toEqual(['d3']);
    expect(list.hits.get('d3')).toBe(0);
    await list.choose('runId', 'even');
    expect(list.ids).toEqual([]);
    expect(list.looked).toBeNull();
    await list.setWords(' ');
    expect(list.ids).toHaveLength(3);
  });

  it('forgets an earlier search when a later one has begun', async () => {
    const { list } = await listOf();
    const first = list.setWords('rare');
    const second = list.setWords('hello');
    await Promise.all([first, second]);
    expect(list.ids).toEqual(['d4', 'd2', 'd1', 'd0']);
    expect(list.error).toBeNull();
  });

  it('deletes what is chosen, and takes that back', async () => {
    const { list } = await listOf();
    list.toggle('d1');
    list.toggle('d2');
    list.toggle('d1');
    list.toggle('d4');
    await list.delete([...list.chosen]);
    expect(list.ids).toEqual(['d3', 'd1', 'd0']);
    expect(list.chosen.size).toBe(0);
    expect(list.trash).toMatchObject([{ dialogues: 2, runs: 0 }]);
    await list.undo(list.trash[0]?.batch ?? '');
    expect(list.ids).toHaveLength(5);
    expect(list.trash).toEqual([]);
  });

  it('tags, shows the tag at once, and filters by it', async () => {
    const { list } = await listOf();
    await list.load(0, 5);
    await list.changeTags(['d1', 'd2'], { add: ['odd one'] });
    await list.load(0, 5);
    expect(list.rows.get('d1')?.tags).toEqual(['odd one']);
    expect(list.values.tag).toEqual([{ value: 'odd one', count: 2 }]);
    await list.choose('tag', 'odd one');
    expect(list.ids).toEqual(['d2', 'd1']);
    await list.changeTags(['d1'], { remove: ['odd one'] });
    expect(list.ids).toEqual(['d2']);
  });

  it('exports what is still there', async () => {
    const { list } = await listOf();
    const text = (await list.exported(['d1', 'gone', 'd2'])).join('');
    const { dialogues, problems } = await readDialogues(text);
    expect(dialogues.map(({ id }) => id)).toEqual(['d1', 'd2']);
    expect(problems).toEqual([]);
  });

  it('says why it cannot read', async () => {
    const store = await open();
    const list = new DialogueList({
      store: () => store as LabStore,
      clock: () => 0,
      newId: () => '',
    });
    store.close();
    await list.refresh();
    expect(list.error).toMatchObject({ code: 'storage-closed' });
  });
});
