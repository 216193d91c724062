// A call of the recorder that inserts entries, as the storm's proxy sees it: PartiQL statements with their parameters.
import * as z from 'zod/mini';

const insertCallSchema = z.object({
  Statements: z.array(
    z.object({ Statement: z.string(), Parameters: z.array(z.looseObject({ S: z.optional(z.string()) })) }),
  ),
});

export type InsertCall = z.infer<typeof insertCallSchema>;

/** Whether a call inserts entries. */
export function isInsertCall(operation: string, body: string): boolean {
  return operation === 'BatchExecuteStatement' && body.includes('INSERT INTO');
}

/** The statements of an insert call. */
export function readInsertCall(body: string): InsertCall {
  return insertCallSchema.parse(JSON.parse(body));
}

/** The keys of its entries, in their order. */
export function keysOfInserts(body: string): string[] {
  return readInsertCall(body).Statements.map(({ Statement, Parameters }) => {
    const names = [...Statement.matchAll(/'(\w+)': \?/g)].map(([, name]) => name);
    return Parameters[names.indexOf('pk')]?.S ?? '';
  });
}

/** An HTTP 200 that gives each statement this error, or success where there is none. */
export function statementAnswer(count: number, code?: string) {
  const response = code === undefined ? {} : { Error: { Code: code, Message: 'as the storm wants it' } };
  const body = JSON.stringify({ Responses: Array.from({ length: count }, () => response) });
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}
