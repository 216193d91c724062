// Lists the contract fields that identify something. They cannot contain a declared secret, and hiding leaves them as
// they are.
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.ts';

/** A declared value of at least this length must not be part of an identifying field. Shorter ones occur by chance. */
export const certainLength = 8;

/** Returns the strings in identifying contract fields, which cannot be declared as secrets. */
export function contractFieldsOf(detail: JsonObject): Map<string, string> {
  const fields = new Map<string, string>();
  const read = (value: JsonValue | undefined, path: string) => {
    if (typeof value === 'string') fields.set(path, value);
    else if (Array.isArray(value)) {
      for (const [index, child] of value.entries()) read(child, `${path}/${index}`);
    } else if (isJsonObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        if (`${path}/${key}` !== '/actor/userAgent') read(child, `${path}/${key}`);
      }
    }
  };
  for (const key of identifyingFields) read(detail[key], `/${key}`);
  return fields;
}

const identifyingFields = [
  'specVersion',
  'eventId',
  'occurredAt',
  'organizationId',
  'actor',
  'authorization',
  'accountId',
  'region',
  'environment',
  'target',
  'requestId',
  'traceId',
  'workRef',
  'awsRequestIds',
];

/** The names of the identifying fields. */
export const identifying: ReadonlySet<string> = new Set(identifyingFields);
