import type { Dialogue } from '../../contracts/dialogue';
import type { Catalogue } from '../../domain/catalogue';
import type { TextEncoder } from '../embedding/encoder';
import { itemsToEncode, itemText, matchScoreMetrics } from '../embedding/match-score';
import type { Metric } from '../metric';
import type { Step } from './steps';

/** Match Score by embeddings over all items that the dialogues need. */
export async function matchMetrics(
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  encoder: TextEncoder,
  seed: number,
  step: Step,
  signal: AbortSignal | undefined,
): Promise<readonly Metric[]> {
  await step('vectors of items');
  const items = itemsToEncode(dialogues, catalogue, seed);
  const vectors = await encoder.encodeSentences(
    items.map((item) => itemText(item, catalogue)),
    {
      signal,
      onProgress: (done, total) =>
        step.within(`vectors of items: ${String(done)} of ${String(total)}`),
    },
  );
  const byId = new Map(items.map(({ id }, i) => [id, vectors[i] ?? new Float32Array()]));
  return matchScoreMetrics(byId, encoder.info(), seed);
}
