import type { LoadProgress, ModelManifest } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import { filesOf, keepFiles } from '../engine/files/keep';
import { loadManifest, type FileAccess, type LocatedFile } from '../engine/files/load';
import type { ModelShelf } from '../engine/files/shelf';
import { checkPromptVersion } from '../engine/manifest';
import { promptVersion } from '../prompt/version';

/** A model that is to be added: where its files are. */
export interface ModelOrigin {
  access: FileAccess;
  /** Of its manifest. */
  location: string;
  /** Of its card; `null`: none. Not finding it is no failure. */
  card: string | null;
}

/** What is here already: ids must differ, and a library may be shared. */
export interface KnownModel {
  manifest: ModelManifest;
  /** Absolute address of the manifest. */
  location: string;
}

/** Largest card that is kept (characters). */
const cardLimit = 200_000;

/**
 * Verifies a model by its manifest and keeps all of it in the browser. Its WebGPU library comes from the same place, or
 * from a model of this site that shares it; without either it runs on WebAssembly only.
 * Errors: `bad-input` when its id is taken, `model-incompatible`, `storage-full`, and those of loading.
 */
export async function addModel(
  { access, location, card }: ModelOrigin,
  known: readonly KnownModel[],
  site: FileAccess,
  shelf: ModelShelf,
  onProgress?: (progress: LoadProgress) => void,
  signal?: AbortSignal,
): Promise<ModelManifest> {
  const manifest = await loadManifest(access, location, signal);
  checkPromptVersion(manifest, promptVersion());
  if (known.some((each) => each.manifest.id === manifest.id)) {
    throw new LabError(
      'bad-input',
      `There is a model "${manifest.id}" already. Delete it, or give the new one another id in its manifest.`,
    );
  }
  const { weights, library } = filesOf(access, manifest, location);
  await keepFiles(access, weights, onProgress, signal);
  const shared = known
    .filter((each) => each.manifest.library.sha256 === library.sha256)
    .map((each) => filesOf(site, each.manifest, each.location).library);
  if (!(await keptFrom(access, [library], signal))) await keptFrom(site, shared, signal);
  await shelf.add(manifest, card === null ? null : await textOf(access, card, signal));
  return manifest;
}

/** Whether one of the places has the file. Errors: all but `model-missing`. */
async function keptFrom(
  access: FileAccess,
  places: readonly LocatedFile[],
  signal?: AbortSignal,
): Promise<boolean> {
  for (const place of places) {
    try {
      await keepFiles(access, [place], undefined, signal);
      return true;
    } catch (reason) {
      if (!isMissing(reason)) throw reason;
    }
  }
  return false;
}

/** A text file; `null` when it is not there. Cut at `cardLimit`. */
export async function textOf(
  { source }: FileAccess,
  location: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of await source.open(location, signal)) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > cardLimit) break;
    }
  } catch (reason) {
    if (isMissing(reason)) return null;
    throw reason;
  }
  return text.slice(0, cardLimit);
}

const isMissing = (reason: unknown): boolean =>
  reason instanceof LabError && reason.code === 'model-missing';

/** Where a model lies whose folder or manifest has this address. Errors: `bad-input`. */
export function addressesOf(address: string): Pick<ModelOrigin, 'location' | 'card'> {
  const trimmed = address.trim();
  if (!/^https?:\/\/\S+$/.test(trimmed) || !URL.canParse(trimmed)) {
    throw new LabError(
      'bad-input',
      `"${trimmed}" is no address of the web. Give that of the model's manifest.json or of its folder.`,
    );
  }
  const url = new URL(trimmed);
  if (!url.pathname.endsWith('.json')) {
    url.pathname = `${url.pathname.replace(/\/$/, '')}/manifest.json`;
  }
  return { location: url.href, card: new URL('README.md', url).href };
}
