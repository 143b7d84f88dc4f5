import type { Dialogue } from '../contracts/dialogue';
import type { Catalogue } from '../domain/catalogue';
import type { DialogueSummary } from '../store/index';
import { loadDomain } from './domain';
import type { Lab } from './lab.svelte';
import { catalogueOfNothing } from './views/dialogues';

/** A dialogue to be read, with what is around it. */
export interface OpenDialogue {
  dialogue: Dialogue;
  summary: DialogueSummary | null;
  catalogue: Catalogue;
  /** What it was forked from; `null`: it began by itself, or that one is not here. */
  parent: DialogueSummary | null;
  /** Its own forks, the oldest first. */
  forks: readonly DialogueSummary[];
}

/** Reads a stored dialogue; `null` when it is gone. Errors: those of the store. */
export async function readDialogue(lab: Lab, id: string): Promise<OpenDialogue | null> {
  const { store } = lab.archive;
  const dialogue = await store.getDialogue(id);
  if (dialogue === null) return null;
  const origin = dialogue.forkOf?.dialogueId;
  const forkIds = await store.findDialogues({ parent: id }, 'oldest');
  const [summary, parent, ...forks] = await store.summaries([id, origin ?? '', ...forkIds]);
  return {
    dialogue,
    summary: summary ?? null,
    catalogue: await catalogueOf(lab, dialogue.domain),
    parent: parent ?? null,
    forks: forks.flatMap((fork) => fork ?? []),
  };
}

/** The catalogue of a domain; one without items where it is not here. Errors: those of loading it. */
export async function catalogueOf(lab: Lab, id: string): Promise<Catalogue> {
  if (lab.domain?.id === id) return lab.domain.catalogue;
  const entry = lab.domains.find((domain) => domain.id === id);
  return entry ? (await loadDomain(lab.root, entry)).catalogue : catalogueOfNothing(id);
}
