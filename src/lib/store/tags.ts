import { withTags } from './facets';
import { write, type Connection } from './transaction';

export interface TagRepository {
  /**
   * Changes the tags of dialogues: first those of `remove` go, then those of `add` come. Ids that are not stored are
   * left out.
   */
  changeTags(
    ids: readonly string[],
    change: { add?: readonly string[]; remove?: readonly string[] },
  ): Promise<void>;
}

export function tagRepository(connect: Connection): TagRepository {
  return {
    changeTags: (ids, { add = [], remove = [] }) =>
      write(connect, ['dialogues'], async (transaction) => {
        const store = transaction.objectStore('dialogues');
        for (const id of ids) {
          const row = await store.get(id);
          if (row === undefined) continue;
          const kept = row.tags.filter((tag) => !remove.includes(tag));
          await store.put(withTags(row, [...kept, ...add]));
        }
      }),
  };
}
