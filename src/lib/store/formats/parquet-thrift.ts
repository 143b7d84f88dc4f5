/** What a Parquet header's structs say in whole numbers, by field; nested structs by field, too. */
export interface ThriftFields {
  numbers: ReadonlyMap<number, number>;
  structs: ReadonlyMap<number, ThriftFields>;
  /** Fields that are false; those that are true are not kept. */
  isFalse: ReadonlySet<number>;
}

/** Deepest nesting of a Parquet header's structs and lists; the format itself needs six. */
const deepest = 16;

enum Type {
  stop = 0,
  true = 1,
  false = 2,
  byte = 3,
  i16 = 4,
  i32 = 5,
  i64 = 6,
  double = 7,
  binary = 8,
  list = 9,
  struct = 12,
}

/**
 * Reads a struct in Thrift's compact protocol without allocating what it only claims to hold, so that a library which
 * trusts lengths can be given the bytes afterwards. Errors: a plain `Error` for bytes that are no such struct, for a
 * list longer than the bytes left, and for nesting that is too deep.
 */
export function walkThrift(bytes: Uint8Array, start = 0): { fields: ThriftFields; end: number } {
  const walker = new Walker(bytes, start);
  return { fields: walker.struct(0), end: walker.at };
}

class Walker {
  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  struct(depth: number): ThriftFields {
    if (depth > deepest) throw new Error('its header is nested too deep');
    const numbers = new Map<number, number>();
    const structs = new Map<number, ThriftFields>();
    const isFalse = new Set<number>();
    let id = 0;
    for (;;) {
      const head = this.#byte();
      const type: Type = head & 0x0f;
      if (type === Type.stop) return { numbers, structs, isFalse };
      id = head >> 4 ? id + (head >> 4) : this.#zigzag();
      if (type === Type.struct) structs.set(id, this.struct(depth + 1));
      else {
        const value = this.#skip(type, depth + 1);
        if (value !== null) numbers.set(id, value);
        if (type === Type.false) isFalse.add(id);
      }
    }
  }

  /** Passes over a value; its number when it is one. */
  #skip(type: Type, depth: number): number | null {
    switch (type) {
      case Type.true:
      case Type.false:
        return null;
      case Type.byte:
        this.#byte();
        return null;
      case Type.i16:
      case Type.i32:
      case Type.i64:
        return this.#zigzag();
      case Type.double:
        this.#forward(8);
        return null;
      case Type.binary:
        this.#forward(this.#varint());
        return null;
      case Type.list:
        this.#list(depth);
        return null;
      case Type.struct:
        this.struct(depth);
        return null;
      default:
        throw new Error('its header holds a type that Parquet does not use');
    }
  }

  #list(depth: number): void {
    if (depth > deepest) throw new Error('its header is nested too deep');
    const head = this.#byte();
    const type: Type = head & 0x0f;
    const length = head >> 4 === 15 ? this.#varint() : head >> 4;
    if (length > this.bytes.length - this.at) {
      throw new Error('its header holds a list longer than the file');
    }
    for (let i = 0; i < length; i++) {
      if (type === Type.true || type === Type.false) this.#byte();
      else this.#skip(type, depth + 1);
    }
  }

  #byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Error('its header is cut off');
    this.at += 1;
    return byte;
  }

  #forward(length: number): void {
    if (length > this.bytes.length - this.at) throw new Error('its header is cut off');
    this.at += length;
  }

  /** Unsigned; exact to 2^53, beyond which nothing of a header can be true. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('its header holds a number that is too long');
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
