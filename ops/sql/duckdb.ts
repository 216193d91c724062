// Opens DuckDB over files of the archive. DuckDB is not a dependency, because it takes 71 MB: the command says how to
// install it.
import * as z from 'zod/mini';
import { archiveColumns } from '../../core/log/archive-line.ts';
import { columnTypes } from '../../core/log/column-rows.ts';
import { CommandError } from '../../terminal/command-error.ts';
import type { ArchiveFiles } from './archive-files.ts';

/** The version that the command is tested with. */
export const duckDbPackage = '@duckdb/node-api@1.5.6-r.1';

/** The result of a query. Values are JSON: numbers beyond 2^53 - 1, times, and days are text. */
export interface SqlResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const readerSchema = z.object({
  columnNames: z.custom<() => string[]>(),
  getRowsJson: z.custom<() => unknown[][]>(),
});
type Connection = {
  readonly run: (sql: string) => Promise<unknown>;
  readonly runAndReadAll: (sql: string) => Promise<unknown>;
  readonly closeSync: () => void;
};
type DuckDb = {
  readonly DuckDBInstance: {
    readonly create: (
      path: string,
      options: Record<string, string>,
    ) => Promise<{
      readonly connect: () => Promise<Connection>;
    }>;
  };
};

/** Runs one query over the files. Fails with CommandError if DuckDB is not installed or rejects the query. */
export async function runQuery(files: ArchiveFiles, query: string): Promise<SqlResult> {
  const { DuckDBInstance } = await loadDuckDb();
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    for (const statement of setUp(files)) await connection.run(statement);
    const reader = await connection.runAndReadAll(query);
    const { columnNames, getRowsJson } = readerSchema.parse(reader);
    return { columns: columnNames.call(reader), rows: getRowsJson.call(reader) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CommandError(`the query failed: ${error.message.split('\n')[0]}`, { cause: error });
  } finally {
    connection.closeSync();
  }
}

/** Loads DuckDB. Fails with CommandError if it is not installed. */
export async function loadDuckDb(): Promise<DuckDb> {
  // A name that the compiler does not resolve: the package is usually not installed.
  const name: string = '@duckdb/node-api';
  try {
    return (await import(name)) as DuckDb;
  } catch (cause) {
    const how = `npm install --no-save ${duckDbPackage}`;
    throw new CommandError(
      `this command needs DuckDB (71 MB), which is not installed. Install it with: ${how}`,
      {
        cause,
      },
    );
  }
}

/**
 * Creates the tables that Athena has, with the same names and columns, and the functions of Athena that DuckDB names
 * differently. Then locks the settings, so that a query reads nothing but the tables.
 */
function setUp(files: ArchiveFiles): string[] {
  return [
    "set timezone = 'UTC'",
    'create macro json_extract_scalar(json, path) as json_extract_string(json, path)',
    'create macro from_iso8601_timestamp(text) as cast(text as timestamptz)',
    createTable(
      'entries',
      files.columns,
      columnSql,
      (list) => `read_parquet(${list}, hive_partitioning = true)`,
    ),
    createTable('archive', files.entries, lineSql, readLines),
    createTable('disputes', files.disputes, lineSql, readLines),
    'set enable_external_access = false',
    'set lock_configuration = true',
  ];
}

const partitions = { retention: 'varchar', organization: 'varchar', day: 'varchar' };
const types = { number: 'bigint', text: 'varchar', time: 'timestamp', boolean: 'boolean' } as const;
const columnSql = Object.fromEntries(Object.entries(columnTypes).map(([name, type]) => [name, types[type]]));
const lineSql = Object.fromEntries(
  Object.entries(archiveColumns).map(([name, type]) => [
    name,
    type === 'string' ? 'varchar' : type === 'array<string>' ? 'varchar[]' : type,
  ]),
);

function readLines(list: string): string {
  const columns = Object.entries(lineSql).map(([name, type]) => `${name}: '${type}'`);
  return `read_json(${list}, format = 'newline_delimited', hive_partitioning = true, columns = {${columns.join(', ')}})`;
}

/** A table and not a view, because the settings forbid reading files afterwards. Without files, it is empty. */
function createTable(
  name: string,
  paths: readonly string[],
  columns: Readonly<Record<string, string>>,
  read: (list: string) => string,
): string {
  const all = Object.entries({ ...columns, ...partitions });
  if (paths.length === 0)
    return `create table ${name} (${all.map(([column, type]) => `${column} ${type}`).join(', ')})`;
  const list = `[${paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ')}]`;
  const selected = all.map(([column, type]) => `cast(${column} as ${type}) as ${column}`);
  return `create table ${name} as select ${selected.join(', ')} from ${read(list)}`;
}
