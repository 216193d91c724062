// Parses the recorder's insert calls, PartiQL statements with parameters, as the storm's proxy receives them.
import * as z from 'zod/mini';
import type { ProxyResponse } from './fault-proxy.ts';

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

/** Returns the statements of an insert call. */
export function readInsertCall(body: string): InsertCall {
  return insertCallSchema.parse(JSON.parse(body));
}

/** Returns the keys of the entries in a call, in order. */
export function keysOfInserts(body: string): string[] {
  return readInsertCall(body).Statements.map(({ Statement, Parameters }) => {
    const names = [...Statement.matchAll(/'(\w+)': \?/g)].map(([, name]) => name);
    return Parameters[names.indexOf('pk')]?.S ?? '';
  });
}

/** An HTTP 200 response with this error for each statement, or with success for each if there is no code. */
export function statementResponse(count: number, code?: string) {
  const response = code === undefined ? {} : refusal(code);
  const body = JSON.stringify({ Responses: Array.from({ length: count }, () => response) });
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}

/** Removes these statements from the call. */
export function withoutStatements(body: string, left: ReadonlySet<number>): string {
  const call: { Statements: unknown[] } = JSON.parse(body);
  return JSON.stringify({ ...call, Statements: call.Statements.filter((_, index) => !left.has(index)) });
}

/** Inserts this error for each removed statement into the response of the reduced call. */
export function withRefusals(
  response: ProxyResponse,
  refused: ReadonlySet<number>,
  code: string,
): ProxyResponse {
  if (response.status !== 200) return response;
  const parsed: { Responses: unknown[] } = JSON.parse(response.body.toString());
  const passed = parsed.Responses.values();
  const Responses = Array.from({ length: parsed.Responses.length + refused.size }, (_, index) =>
    refused.has(index) ? refusal(code) : passed.next().value,
  );
  const { 'content-length': _length, 'x-amz-crc32': _checksum, ...headers } = response.headers ?? {};
  return { ...response, headers, body: JSON.stringify({ ...parsed, Responses }) };
}

function refusal(code: string) {
  return { Error: { Code: code, Message: 'injected by the storm' } };
}
