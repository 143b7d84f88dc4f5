import type { Dialogue } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import { checkDialogue } from '../store/index';
import type { GuideView } from '../ui/guide/view';
import { catalogueOf, readDialogue } from './dialogues-open';
import { fetchJson } from './fetch-file';
import type { Lab } from './lab.svelte';
import { guideView } from './views/guide';

/** The two dialogues that ship with the guide. */
export const sampleKinds = ['free', 'dependent'] as const;
export type SampleKind = (typeof sampleKinds)[number];
export type GuideSamples = Readonly<Record<SampleKind, GuideView>>;

/**
 * The sample dialogues, which `src/cli/make-guide.ts` makes from runs. Errors: `bad-input` when a file is not here or
 * is no such record; those of loading their catalogue.
 */
export async function readSamples(lab: Lab): Promise<GuideSamples> {
  const [free, dependent] = await Promise.all([
    readSample(lab, 'free'),
    readSample(lab, 'dependent'),
  ]);
  return { free, dependent };
}

async function readSample(lab: Lab, kind: SampleKind): Promise<GuideView> {
  const file = `guide/${kind}.json`;
  const json = await fetchJson(new URL(file, lab.root).href, 'bad-input');
  return viewOf(lab, sampleOf(json, kind));
}

/** A sample's record, checked: it must be what the page says of it. Errors: `bad-input`. */
export function sampleOf(json: unknown, kind: SampleKind): Dialogue {
  const read = checkDialogue(json);
  const reason = !read.ok
    ? read.reason
    : read.dialogue.referenceDependent === (kind === 'dependent')
      ? null
      : `referenceDependent is ${String(read.dialogue.referenceDependent)}`;
  if (read.ok && reason === null) return read.dialogue;
  throw new LabError(
    'bad-input',
    'A sample dialogue of the guide is damaged. Make it again as src/cli/make-guide.ts says, or get the file again.',
    `guide/${kind}.json: ${reason ?? ''}`,
  );
}

/** A held dialogue of the visitor's, in the same view; `null` when it is gone. Errors: those of the store. */
export async function readOwn(lab: Lab, id: string): Promise<GuideView | null> {
  const open = await readDialogue(lab, id);
  return open && guideView(open.dialogue, open.catalogue);
}

async function viewOf(lab: Lab, dialogue: Dialogue): Promise<GuideView> {
  return guideView(dialogue, await catalogueOf(lab, dialogue.domain));
}
