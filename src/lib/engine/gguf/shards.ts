import { LabError } from '../../contracts/errors';

/** One tensor of the shards. */
export interface ShardTensor {
  /** File name of its shard. */
  shard: string;
  offset: number;
  bytes: number;
  shape: readonly number[];
  dtype: string;
}

interface IndexJson {
  records: {
    dataPath: string;
    records: {
      name: string;
      shape: number[];
      dtype: string;
      nbytes: number;
      byteOffset: number;
    }[];
  }[];
}

/** The error of weights that do not fit their own description. */
export function misfit(detail: string): LabError {
  return new LabError(
    'model-incompatible',
    'The weights are not laid out as this version of the lab expects (models/FORMAT.md). Build the model again with this version.',
    detail,
  );
}

/** Tensors by name, from the text of tensor-cache.json. Error: `model-incompatible`. */
export function readTensorIndex(json: string): Map<string, ShardTensor> {
  const tensors = new Map<string, ShardTensor>();
  try {
    // The file is the one that the manifest names (its hash was checked), so its shape may be relied on.
    for (const shard of (JSON.parse(json) as IndexJson).records)
      for (const { name, shape, dtype, nbytes, byteOffset } of shard.records)
        tensors.set(name, {
          shard: shard.dataPath,
          offset: byteOffset,
          bytes: nbytes,
          shape,
          dtype,
        });
  } catch (reason) {
    throw misfit(reason instanceof Error ? reason.message : String(reason));
  }
  return tensors;
}

/** Reads tensors, keeping the two shards used last: a matrix and its scales may lie in neighbouring ones. */
export class ShardReader {
  private readonly kept = new Map<string, Uint8Array<ArrayBuffer>>();

  constructor(
    private readonly tensors: ReadonlyMap<string, ShardTensor>,
    private readonly readShard: (name: string) => Promise<Uint8Array<ArrayBuffer>>,
  ) {}

  /** The tensor's bytes as 32-bit words, and its shape. Error: `model-incompatible`. */
  async words(
    name: string,
    dtype: 'uint32' | 'float32',
  ): Promise<{ data: Uint32Array<ArrayBuffer>; shape: readonly number[] }> {
    const tensor = this.tensors.get(name);
    if (!tensor) throw misfit(`no tensor ${name}`);
    const elements = tensor.shape.reduce((product, size) => product * size, 1);
    if (tensor.dtype !== dtype || tensor.bytes !== elements * 4)
      throw misfit(`${name}: ${tensor.dtype} of ${tensor.bytes} bytes, shape ${tensor.shape}`);
    const shard = await this.shard(tensor.shard);
    if (tensor.offset % 4 || tensor.offset + tensor.bytes > shard.length)
      throw misfit(`${name} lies outside ${tensor.shard}`);
    const start = shard.byteOffset + tensor.offset;
    // A view, not a copy, wherever alignment allows.
    const data =
      start % 4 === 0
        ? new Uint32Array(shard.buffer, start, elements)
        : new Uint32Array(shard.slice(tensor.offset, tensor.offset + tensor.bytes).buffer);
    return { data, shape: tensor.shape };
  }

  private async shard(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.kept.get(name);
    if (known) {
      this.kept.delete(name);
      this.kept.set(name, known);
      return known;
    }
    for (const oldest of this.kept.keys()) if (this.kept.size > 1) this.kept.delete(oldest);
    const shard = await this.readShard(name);
    this.kept.set(name, shard);
    return shard;
  }
}
