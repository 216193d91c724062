// Column files as Apache Parquet, which Athena and DuckDB read. Values that repeat are dictionary-encoded.
import { parquetReadObjects } from 'hyparquet';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import * as z from 'zod/mini';
import { type ColumnName, type ColumnRow, columnTypes, nullableColumns } from '../core/log/column-rows.ts';
import { logContradicted } from '../core/log/log-error.ts';
import type { ColumnFileFormat } from '../core/log/ports.ts';

const names = Object.keys(columnTypes) as ColumnName[];
const parquetTypes = { number: 'INT64', text: 'STRING', time: 'TIMESTAMP', boolean: 'BOOLEAN' } as const;

const number = z.pipe(z.bigint(), z.transform(Number));
const time = z.pipe(
  z.date(),
  z.transform((date: Date) => date.getTime()),
);
const valueSchemas = { number, text: z.string(), time, boolean: z.boolean() } as const;

const rowSchema = z.object(
  Object.fromEntries(
    names.map((name) => {
      const schema = valueSchemas[columnTypes[name]];
      return [name, nullableColumns.has(name) ? z.nullable(schema) : schema];
    }),
  ),
);

export const parquetColumnFiles: ColumnFileFormat = {
  encode(rows) {
    const columnData = names.map((name): ColumnSource => {
      const type = columnTypes[name];
      const data = rows.map((row) => toParquet(type, row[name]));
      return { name, data, type: parquetTypes[type], nullable: nullableColumns.has(name) };
    });
    return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'request-logs' }));
  },

  async decode(bytes, key) {
    try {
      const file = bytes.slice().buffer;
      const rows = await parquetReadObjects({ file });
      return rows.map((row) => rowSchema.parse(row) as unknown as ColumnRow);
    } catch (error) {
      throw logContradicted(`the object ${key} is malformed`, error);
    }
  },
};

function toParquet(type: (typeof columnTypes)[ColumnName], value: string | number | boolean | null) {
  if (value === null) return null;
  if (type === 'time') return new Date(Number(value));
  return type === 'number' ? BigInt(value) : value;
}
