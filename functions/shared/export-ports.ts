// Creates what an export needs from a function's environment: a search, and complete entries.
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { ExportPorts } from '../../core/export/export-page.ts';
import { DynamoDbDetailReader } from '../../store/dynamodb-detail-reader.ts';
import { createDocumentClient } from './clients.ts';
import { readText } from './environment-variables.ts';
import { createOverflowStore } from './overflow.ts';
import { createSearchPorts } from './search-ports.ts';

/** Creates the ports of an export. Fails when a required environment variable is missing. */
export function createExportPorts(): ExportPorts {
  const table = { client: createDocumentClient(), tableName: readText(environmentNames.tableName) };
  return { ...createSearchPorts(), details: new DynamoDbDetailReader(table, createOverflowStore()) };
}
