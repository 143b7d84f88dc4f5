import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

/** Columns of a Parquet file: their values row by row. */
export interface TextColumn {
  name: string;
  type: 'STRING' | 'INT32';
}

type Cell = string | number | null;

/** Rows of one row group: what is held in memory at a time. */
const groupRows = 500;

/**
 * A Parquet file in pieces, packed with Snappy; `notes` go into its footer. Rows are arrays in the order of the
 * columns; `null` is an absent value.
 */
export async function* parquetPieces(
  columns: readonly TextColumn[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
  notes: ReadonlyMap<string, string>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const source = (held: readonly (readonly Cell[])[]) =>
    columns.map(({ name, type }, i) => ({
      name,
      type,
      nullable: true,
      data: held.map((row) => row[i] ?? null),
    }));
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: source([]) }),
    kvMetadata: [...notes].map(([key, value]) => ({ key, value })),
  });
  let held: (readonly Cell[])[] = [];
  for await (const row of rows) {
    held.push(row);
    if (held.length < groupRows) continue;
    await writer.write({ columnData: source(held) });
    held = [];
  }
  if (held.length > 0) await writer.write({ columnData: source(held) });
  await writer.finish();
  yield bytes.getBytes();
}
