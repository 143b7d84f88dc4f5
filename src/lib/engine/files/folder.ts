import { LabError } from '../../contracts/errors';
import { missingFile, streamChunks, type FileSource } from './source';

/** Deeper or more than a model's folder can be (files). */
const most = 5000;

/** A picked folder: its files by path, and the one manifest among them. */
export interface PickedFolder {
  source: FileSource;
  /** Path of the manifest. */
  manifest: string;
  /** Path of the card beside it; `null`: there is none. */
  card: string | null;
}

/**
 * A folder that the visitor picked, as a source. @param files by their path, with slashes.
 * Errors: `model-missing` when it holds no manifest, `bad-input` when it holds several or too much.
 */
export function pickedFolder(files: ReadonlyMap<string, Blob>): PickedFolder {
  if (files.size > most) {
    throw new LabError(
      'bad-input',
      'That folder holds far more than a model. Pick the folder with its manifest.json.',
    );
  }
  const found = [...files.keys()].filter((path) => /(^|\/)manifest\.json$/.test(path));
  const [manifest] = found;
  if (manifest === undefined) {
    throw new LabError(
      'model-missing',
      'That folder holds no manifest.json. Pick the folder of one model, as models/README.md makes it.',
    );
  }
  if (found.length > 1) {
    throw new LabError(
      'bad-input',
      `That folder holds ${String(found.length)} models. Pick the folder of one.`,
      found.join(', '),
    );
  }
  const card = manifest.replace(/manifest\.json$/, 'README.md');
  return { source: sourceOf(files), manifest, card: files.has(card) ? card : null };
}

function sourceOf(files: ReadonlyMap<string, Blob>): FileSource {
  return {
    resolve(path, base) {
      // Of a URL its rules for ".." are wanted, and nothing else.
      const { pathname } = new URL(escaped(path), `folder:///${escaped(base)}`);
      return decodeURIComponent(pathname).slice(1);
    },
    open(location) {
      const file = files.get(location);
      return file
        ? Promise.resolve(streamChunks(file.stream()))
        : Promise.reject(missingFile(location));
    },
  };
}

const escaped = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
