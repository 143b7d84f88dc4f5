/** A reader of GGUF headers, written from the format's description and not from the writer under test. */

export interface GgufTensor {
  name: string;
  shape: number[];
  type: number;
  bytes: Uint8Array;
}

export interface GgufFile {
  version: number;
  metadata: Map<string, unknown>;
  tensors: Map<string, GgufTensor>;
}

const typeSizes: Record<number, [block: number, bytes: number]> = {
  0: [1, 4],
  2: [32, 18],
  8: [32, 34],
};

export function readGguf(file: Uint8Array): GgufFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  const u32 = (): number => ((at += 4), view.getUint32(at - 4, true));
  const u64 = (): number => ((at += 8), Number(view.getBigUint64(at - 8, true)));
  const text = (): string => {
    const length = u64();
    at += length;
    return new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(at - length, at));
  };
  const value = (type: number): unknown => {
    if (type === 4) return u32();
    if (type === 5) return ((at += 4), view.getInt32(at - 4, true));
    if (type === 6) return ((at += 4), view.getFloat32(at - 4, true));
    if (type === 7) return view.getUint8(at++) === 1;
    if (type === 8) return text();
    if (type === 9) {
      const inner = u32();
      return Array.from({ length: u64() }, () => value(inner));
    }
    throw new Error(`metadata type ${type}`);
  };
  if (new TextDecoder().decode(file.subarray(0, 4)) !== 'GGUF') throw new Error('not GGUF');
  at = 4;
  const version = u32();
  const tensorCount = u64();
  const metadataCount = u64();
  const metadata = new Map<string, unknown>();
  for (let i = 0; i < metadataCount; i++) {
    const key = text();
    metadata.set(key, value(u32()));
  }
  const infos = Array.from({ length: tensorCount }, () => {
    const name = text();
    const shape = Array.from({ length: u32() }, () => u64());
    return { name, shape, type: u32(), offset: u64() };
  });
  const start = Math.ceil(at / 32) * 32;
  const tensors = new Map<string, GgufTensor>();
  for (const { name, shape, type, offset } of infos) {
    const [block, bytes] = typeSizes[type] ?? [1, 0];
    const length = (shape.reduce((a, b) => a * b, 1) / block) * bytes;
    if (offset % 32 !== 0) throw new Error(`${name} is not aligned`);
    const from = start + offset;
    if (from + length > file.length) throw new Error(`${name} lies outside the file`);
    tensors.set(name, { name, shape, type, bytes: file.subarray(from, from + length) });
  }
  return { version, metadata, tensors };
}
