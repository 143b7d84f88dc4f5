/** What a visitor reads when something goes wrong: the very words, by what went wrong. */
export const messages = {
  full: 'There is no room left for stored dialogues. Export and delete old runs, or free disk space, then go on: nothing stored so far is lost.',
  blocked:
    'Another tab still uses an older version of the stored data. Close the other tabs of this page and reload.',
  outdated: 'Another tab has opened a newer version of this page. Reload this tab to go on here.',
  newer: 'The stored data was written by a newer version of this page. Reload to get that version.',
  upgrade:
    'The stored data of an earlier version could not be taken over. It was left as it is: reload to try again; if it stays, report the detail.',
  recovered:
    'The engine was lost and loaded again (1×). The turn in flight was asked for again; its dialogue is marked as resumed.',
  corrupt:
    'The model file resolve/main/params_shard_1.bin is not the one that its manifest describes. Delete the stored models and load it again; if it stays, the copy on the server is damaged.',
  elsewhere: 'Another tab of this page runs it; this one watches. Pause and stop are there.',
  interrupted: 'Nothing that was said is lost: going on continues the dialogue that was in flight.',
} as const;
