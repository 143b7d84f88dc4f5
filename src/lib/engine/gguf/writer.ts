/** GGUF version 3, little-endian: the model file of llama.cpp. Numbers below are the format's own. */

export const tensorTypes = { f32: 0, q4_0: 2, q8_0: 8 } as const;
export type TensorType = keyof typeof tensorTypes;

export type MetadataValue =
  | { type: 'u32'; value: number }
  | { type: 'f32'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'string'; value: string }
  | { type: 'i32[]'; value: readonly number[] }
  | { type: 'string[]'; value: readonly string[] };

export interface TensorInfo {
  name: string;
  /** Innermost first, as GGUF counts: [inputs, outputs] for a matrix. */
  shape: readonly number[];
  type: TensorType;
}

/** Every tensor starts at a multiple of so many bytes. */
export const alignment = 32;

const valueTypes = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 };
/** Weights that share one scale. */
export const groupSize = 32;
const bytesPerGroup: Record<TensorType, number> = { f32: 4 * groupSize, q4_0: 18, q8_0: 34 };

const aligned = (offset: number): number => Math.ceil(offset / alignment) * alignment;

/** Bytes that a tensor takes. Quantised ones must have whole groups in their first dimension. */
export function tensorBytes({ name, shape, type }: TensorInfo): number {
  const elements = shape.reduce((product, size) => product * size, 1);
  if (type === 'f32') return elements * 4;
  if ((shape[0] ?? 0) % groupSize !== 0)
    throw new RangeError(`${name}: ${shape[0]} inputs are no multiple of ${groupSize}`);
  return (elements / groupSize) * bytesPerGroup[type];
}

class ByteSink {
  private bytes = new Uint8Array(1 << 20);
  private view = new DataView(this.bytes.buffer);
  private readonly encoder = new TextEncoder();
  length = 0;

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, this.bytes.length * 2));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }

  // Room first, then the view: making room may replace it.
  u8(value: number): void {
    const at = this.room(1);
    this.view.setUint8(at, value);
  }
  u32(value: number): void {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
  }
  i32(value: number): void {
    const at = this.room(4);
    this.view.setInt32(at, value, true);
  }
  f32(value: number): void {
    const at = this.room(4);
    this.view.setFloat32(at, value, true);
  }
  u64(value: number): void {
    const at = this.room(8);
    this.view.setBigUint64(at, BigInt(value), true);
  }
  text(value: string): void {
    const encoded = this.encoder.encode(value);
    this.u64(encoded.length);
    const at = this.room(encoded.length);
    this.bytes.set(encoded, at);
  }
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

function writeValue(sink: ByteSink, entry: MetadataValue): void {
  switch (entry.type) {
    case 'u32':
      sink.u32(valueTypes.u32);
      return sink.u32(entry.value);
    case 'f32':
      sink.u32(valueTypes.f32);
      return sink.f32(entry.value);
    case 'bool':
      sink.u32(valueTypes.bool);
      return sink.u8(entry.value ? 1 : 0);
    case 'string':
      sink.u32(valueTypes.string);
      return sink.text(entry.value);
    case 'i32[]':
      sink.u32(valueTypes.array);
      sink.u32(valueTypes.i32);
      sink.u64(entry.value.length);
      return entry.value.forEach((value) => sink.i32(value));
    case 'string[]':
      sink.u32(valueTypes.array);
      sink.u32(valueTypes.string);
      sink.u64(entry.value.length);
      return entry.value.forEach((value) => sink.text(value));
  }
}

export interface GgufLayout {
  /** The whole file; header written, tensors still zero. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Where in `bytes` each tensor lies, by name. */
  place: (name: string) => Uint8Array<ArrayBuffer>;
}

/** Lays out a GGUF file in memory and writes its header. The caller fills in the tensors. */
export function layOutGguf(
  metadata: Readonly<Record<string, MetadataValue>>,
  tensors: readonly TensorInfo[],
): GgufLayout {
  const sink = new ByteSink();
  sink.u32(0x46554747); // "GGUF"
  sink.u32(3);
  sink.u64(tensors.length);
  const entries = Object.entries(metadata);
  sink.u64(entries.length);
  for (const [key, value] of entries) {
    sink.text(key);
    writeValue(sink, value);
  }
  const spans = new Map<string, { offset: number; length: number }>();
  let offset = 0;
  for (const tensor of tensors) {
    sink.text(tensor.name);
    sink.u32(tensor.shape.length);
    tensor.shape.forEach((size) => sink.u64(size));
    sink.u32(tensorTypes[tensor.type]);
    sink.u64(offset);
    const length = tensorBytes(tensor);
    spans.set(tensor.name, { offset, length });
    offset = aligned(offset + length);
  }
  const start = aligned(sink.length);
  const bytes = new Uint8Array(start + offset);
  bytes.set(sink.written());
  return {
    bytes,
    place(name) {
      const span = spans.get(name);
      if (!span) throw new RangeError(`no tensor ${name}`);
      return bytes.subarray(start + span.offset, start + span.offset + span.length);
    },
  };
}
