import { LabError, toErrorData, type ErrorData } from '../contracts/errors';
import { prebuiltScheme, type PrebuiltModel } from '../engine/webgpu/prebuilt-list';
import type { ModelEntry } from './models';

const key = 'interplay-lab:prebuilt';
const mostKept = 50;

/**
 * web-llm's prebuilt models: only where the page may connect to other addresses. They are used zero-shot, and their files
 * are not ours to check.
 */
export class Prebuilt {
  /** The list; `null` until it is asked for. */
  list = $state.raw<readonly PrebuiltModel[] | null>(null);
  /** Those that the visitor has chosen for a seat, as models of this page. */
  entries = $state.raw<readonly ModelEntry[]>([]);
  error = $state.raw<ErrorData | null>(null);

  /**
   * @param allowed whether the page's policy lets it connect elsewhere
   * @param fetchList imports web-llm, which is large, only when it is called
   */
  constructor(
    readonly allowed: boolean,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'>,
    private readonly fetchList: () => Promise<readonly PrebuiltModel[]> = importList,
  ) {
    if (allowed) this.entries = readKept(storage.getItem(key));
  }

  /** Reads the list. What fails is told by `error`. */
  async open(): Promise<void> {
    this.error = null;
    try {
      if (!this.allowed) throw notAllowed();
      this.list = await this.fetchList();
    } catch (reason) {
      this.error = toErrorData(reason, 'model-missing');
    }
  }

  /** A listed model as one of this page, which can take a seat. Errors: `bad-config` where that is not allowed. */
  take({ id, bytes }: PrebuiltModel): ModelEntry {
    if (!this.allowed) throw notAllowed();
    const entry = entryOf(id, bytes ?? 0);
    const others = this.entries.filter((kept) => kept.id !== entry.id);
    this.entries = [...others, entry].slice(-mostKept);
    const kept = this.entries.map((each) => [each.title, each.bytes]);
    this.storage.setItem(key, JSON.stringify(kept));
    return entry;
  }
}

async function importList(): Promise<readonly PrebuiltModel[]> {
  return (await import('../engine/webgpu/prebuilt')).listPrebuilt();
}

function entryOf(id: string, bytes: number): ModelEntry {
  const location = `${prebuiltScheme}${id}`;
  return { id: location, title: id, bytes, role: null, location, card: null, added: true };
}

/** What was chosen earlier; whatever is not as it should be is left out. */
function readKept(text: string | null): readonly ModelEntry[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.slice(0, mostKept).flatMap((pair: unknown) => {
      if (!Array.isArray(pair)) return [];
      const [id, bytes] = pair as readonly unknown[];
      return typeof id === 'string' && typeof bytes === 'number' ? [entryOf(id, bytes)] : [];
    });
  } catch {
    // A damaged entry holds preferences only.
    return [];
  }
}

function notAllowed(): LabError {
  return new LabError(
    'bad-config',
    'This page may connect to no other address. Start it with "npm start -- --allow-network" to use web-llm’s models.',
  );
}
