import type { ModelManifest } from '../../contracts/engine';
import { rotaryRow, writeBlocks } from './blocks';
import { llamaMetadata, llamaSources, type Source } from './llama';
import { misfit, readTensorIndex, ShardReader } from './shards';
import { tokenizerMetadata, type SpecialTokens } from './tokenizer';
import { groupSize, layOutGguf, type GgufLayout } from './writer';

/** What a repack reads: the artifact's small files as text, its shards by file name. */
export interface ArtifactFiles {
  tensorIndex: string;
  tokenizer: string;
  chatConfig: string;
  shard: (name: string) => Promise<Uint8Array<ArrayBuffer>>;
}

const codeWords = { q4_0: 4, q8_0: 8 };

async function copy(
  source: Source,
  reader: ShardReader,
  gguf: GgufLayout,
  headSize: number,
): Promise<void> {
  if (source.kind === 'vector') {
    const { data } = await reader.words(source.name, 'float32');
    const target = gguf.place(source.tensor.name);
    if (data.byteLength !== target.byteLength)
      throw misfit(`${source.name}: ${data.length} values`);
    target.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return;
  }
  const words = await reader.words(`${source.name}.words`, 'uint32');
  const scales = await reader.words(`${source.name}.scales`, 'uint32');
  const groups = source.inputs / groupSize;
  const wordsPerGroup = codeWords[source.type];
  const columns = source.parts.reduce((sum, part) => sum + part.count, 0);
  const wanted = `${groups * wordsPerGroup},${columns}/${groups / 2},${columns}`;
  if (`${words.shape}/${scales.shape}` !== wanted)
    throw misfit(`${source.name}: shapes ${words.shape}/${scales.shape}, expected ${wanted}`);
  const packed = { words: words.data, scales: scales.data, columns, groups, wordsPerGroup };
  for (const { tensor, from, count, rotary } of source.parts)
    writeBlocks(
      packed,
      from,
      count,
      gguf.place(tensor.name),
      rotary ? rotaryRow(headSize) : undefined,
    );
}

function specialTokens(chatConfig: string): SpecialTokens {
  const { bos_token_id, eos_token_id, pad_token_id } = JSON.parse(chatConfig) as Record<
    string,
    unknown
  >;
  const id = (value: unknown, name: string): number => {
    if (typeof value !== 'number') throw misfit(`mlc-chat-config.json lacks ${name}`);
    return value;
  };
  const eos = id(eos_token_id, 'eos_token_id');
  return { bos: id(bos_token_id ?? eos, 'bos_token_id'), eos, pad: id(pad_token_id ?? eos, 'pad') };
}

/**
 * The model as one GGUF file in memory, for llama.cpp: the same codes and scales as the shards, bit for bit, in
 * another order (models/FORMAT.md describes both). Holds the result and at most two shards at a time.
 * Error: `model-incompatible`.
 */
export async function repackAsGguf(
  manifest: Pick<ModelManifest, 'title' | 'architecture'>,
  files: ArtifactFiles,
): Promise<Uint8Array<ArrayBuffer>> {
  const arch = manifest.architecture;
  const sources = llamaSources(arch);
  const tensors = sources.flatMap((source) =>
    source.kind === 'vector' ? [source.tensor] : source.parts.map((part) => part.tensor),
  );
  const gguf = layOutGguf(
    {
      ...llamaMetadata(manifest),
      ...tokenizerMetadata(files.tokenizer, arch.vocabulary, specialTokens(files.chatConfig)),
    },
    tensors,
  );
  const reader = new ShardReader(readTensorIndex(files.tensorIndex), files.shard);
  for (const source of sources) await copy(source, reader, gguf, arch.headSize);
  return gguf.bytes;
}
