// Parses an export request: the parameters of a list request, a format and a larger page size.
import { parameterNames, parseQuery, type Query, readLimit } from '../query/query.ts';
import { invalidParameter } from '../values/errors.ts';
import { type ColumnSet, columnSets, type ExportFormat } from './export-format.ts';
import { exportFormatNames, exportFormats } from './export-formats.ts';

/** The number of entries on a page. */
export const defaultExportLimit = 1000;
export const maxExportLimit = 1000;

/** A parsed export request. */
export interface ExportQuery {
  readonly format: ExportFormat;
  readonly query: Query;
}

/** The parameters of an export request. */
export const exportParameterNames: readonly string[] = [
  'format',
  'columns',
  'spreadsheet',
  ...parameterNames.filter((name) => name !== 'debug'),
];

/**
 * Parses a raw query string. Fails with INVALID_PARAMETER, and the message names the parameter and the allowed values.
 */
export function parseExportQuery(rawQueryString: string): ExportQuery {
  const parameters = new URLSearchParams(rawQueryString);
  for (const name of parameters.keys()) {
    if (!exportParameterNames.includes(name)) {
      throw invalidParameter(
        name.slice(0, 64),
        `is not a parameter; allowed parameters are ${exportParameterNames.join(', ')}`,
      );
    }
  }
  const toFormat = readFormat(parameters);
  const limit = readExportLimit(parameters);
  for (const name of ['format', 'columns', 'spreadsheet', 'limit']) parameters.delete(name);
  const query = { ...parseQuery(parameters.toString()), limit };
  return { format: toFormat(query.isInLogOrder === true), query };
}

function readFormat(parameters: URLSearchParams): (isInLogOrder: boolean) => ExportFormat {
  const name = readOneOf(parameters, 'format', exportFormatNames);
  const isForSpreadsheet = readOneOf(parameters, 'spreadsheet', ['false', 'true'], 'false') === 'true';
  if (isForSpreadsheet && name !== 'csv') {
    throw invalidParameter('spreadsheet', 'requires format=csv: other formats keep every text as it is');
  }
  const columns: ColumnSet = readOneOf(parameters, 'columns', columnSets, 'list');
  return (isInLogOrder) => exportFormats[name]({ columns, isForSpreadsheet, isInLogOrder });
}

function readOneOf<Value extends string>(
  parameters: URLSearchParams,
  name: string,
  allowed: readonly Value[],
  byDefault?: Value,
): Value {
  const values = parameters.getAll(name);
  if (values.length === 0 && byDefault !== undefined) return byDefault;
  const value = allowed.find((known) => known === values[0]);
  if (value === undefined || values.length > 1) {
    throw invalidParameter(name, `must be specified only once, as one of ${allowed.join(', ')}`);
  }
  return value;
}

function readExportLimit(parameters: URLSearchParams): number {
  const [value, ...more] = parameters.getAll('limit');
  if (more.length > 0) throw invalidParameter('limit', 'must be specified only once');
  return readLimit(value, { defaultLimit: defaultExportLimit, maxLimit: maxExportLimit });
}
