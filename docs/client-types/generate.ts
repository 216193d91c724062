// Makes the TypeScript types of the API client from the OpenAPI document.
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';

/** The text of client/schema.ts. */
export async function clientTypes(document: string): Promise<string> {
  const nodes = await openapiTS(document, { rootTypes: true, rootTypesNoSchemaPrefix: true });
  return `${COMMENT_HEADER}${astToString(nodes)}`;
}
