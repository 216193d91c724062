// Validates an event against the contract: JSON that can be stored without loss, the schema, and consistent source,
// detail-type and states. Returns issues instead of throwing.
import * as z from 'zod/mini';
import { isCredential } from '../redaction/detectors/credential.ts';
import { containsSecret, type SecretTest, secretTestOf } from '../redaction/engine/redact.ts';
import { type Issue, issueCodes } from '../values/issue.ts';
import { depthOf, findJsonIssues, isJsonObject, type JsonObject, maxWalkableDepth } from '../values/json.ts';
import { keysOf, pointerTo } from '../values/json-pointer.ts';
import { declarationsOf, findDeclarationIssues } from './declarations.ts';
import { type EventDetail, type EventEnvelope, envelopeSchema, eventDetailSchema } from './event.ts';
import { declaredSecretTestOf } from './hide-declared.ts';
import { type DetailType, detailTypes } from './vocabulary.ts';

const maxIssues = 20;

/** The value if it is valid, otherwise the issues. */
export type Checked<T> = { readonly value: T } | { readonly issues: Issue[] };

/** Checks the envelope and detail that EventBridge delivered. */
export function checkEnvelope(envelope: unknown): Checked<EventEnvelope> {
  const jsonIssues = findJsonIssues(envelope, maxIssues);
  if (jsonIssues.length > 0) return { issues: withoutSecretKeys(jsonIssues, envelope) };
  const parsed = envelopeSchema.safeParse(envelope);
  if (!parsed.success) {
    return { issues: withoutSecretKeys(toIssues(parsed.error, envelopeSchema, ''), envelope) };
  }
  const { source, 'detail-type': detailType, detail } = parsed.data;
  const issues = findMismatches(source, detailType, detail);
  return issues.length > 0 ? { issues } : { value: parsed.data };
}

/**
 * Checks a detail before it is sent. Issue paths are relative to the complete event. `isDeclared` tests keys for secrets
 * that are declared outside the detail.
 */
export function checkDetail(
  source: string,
  detailType: string,
  detail: unknown,
  isDeclared?: SecretTest,
): Checked<EventDetail> {
  if (!Object.hasOwn(detailTypes, detailType)) {
    const allowed = Object.keys(detailTypes).join(', ');
    return {
      issues: [{ path: '/detail-type', code: issueCodes.invalidValue, message: `must be one of ${allowed}` }],
    };
  }
  const jsonIssues = findJsonIssues({ detail }, maxIssues);
  if (jsonIssues.length > 0) return { issues: withoutSecretKeys(jsonIssues, detail, isDeclared) };
  const parsed = eventDetailSchema.safeParse(detail);
  if (!parsed.success) {
    return {
      issues: withoutSecretKeys(toIssues(parsed.error, eventDetailSchema, '/detail'), detail, isDeclared),
    };
  }
  const issues = findMismatches(source, detailType as DetailType, parsed.data);
  return issues.length > 0 ? { issues } : { value: parsed.data };
}

function findMismatches(source: string, detailType: DetailType, detail: EventDetail): Issue[] {
  const implied = detailTypes[detailType];
  const issues: Issue[] = [];
  const report = (path: string, code: Issue['code'], message: string) => issues.push({ path, code, message });
  if (source !== implied.source) {
    report('/source', issueCodes.mismatch, `must be ${implied.source} for ${detailType}`);
  }
  if (detail.target.kind !== implied.kind) {
    report('/detail/target/kind', issueCodes.mismatch, `must be ${implied.kind} for ${detailType}`);
  }
  for (const [field, needed] of [
    ['before', implied.action !== 'CREATE'],
    ['after', implied.action !== 'DELETE'],
  ] as const) {
    const isPresent = detail[field] !== undefined;
    if (needed && !isPresent)
      report(`/detail/${field}`, issueCodes.missingState, `must be present for ${detailType}`);
    if (!needed && isPresent)
      report(`/detail/${field}`, issueCodes.unexpectedState, `must be absent for ${detailType}`);
  }
  const declared = (detail.secretPaths ?? []).map((text, index) => ({
    text,
    at: `/detail/secretPaths/${index}`,
  }));
  issues.push(...findDeclarationIssues(detail as unknown as JsonObject, declared));
  if (isCredential(detail.eventId)) {
    report('/detail/eventId', issueCodes.secretIdentifier, 'must not be a credential');
  }
  for (const [index, requestId] of (detail.awsRequestIds ?? []).entries()) {
    if (isCredential(requestId)) {
      report(`/detail/awsRequestIds/${index}`, issueCodes.secretIdentifier, 'must not be a credential');
    }
  }
  return issues;
}

/** Issue paths show at most this many characters of a key. */
const maxKeyLength = 64;

/** Returns the path in a form that is safe to show: hides keys that contain a secret and truncates long keys. */
export function toSafePath(path: string, isSecret: SecretTest = containsSecret): string {
  const keys = keysOf(path).map((key) => (isSecret(key) ? '…' : key.slice(0, maxKeyLength)));
  return keys.reduce<string>(pointerTo, '');
}

function withoutSecretKeys(issues: Issue[], value: unknown, isDeclared: SecretTest = () => false): Issue[] {
  // A value that is nested too deep is not walked, so each key is checked on its own.
  const isFound = depthOf(value) > maxWalkableDepth ? containsSecret : secretKeyTestOf(value);
  const isSecret: SecretTest = (text) => isDeclared(text) || isFound(text);
  return issues.map((issue) => ({ ...issue, path: toSafePath(issue.path, isSecret) }));
}

/** Returns a test for keys with a secret that the rules detect in the envelope or detail, or that it declares. */
function secretKeyTestOf(value: unknown): SecretTest {
  const isRecognized = secretTestOf(value);
  const detail = isJsonObject(value) && isJsonObject(value.detail) ? value.detail : value;
  if (!isJsonObject(detail)) return isRecognized;
  const isDeclared = declaredSecretTestOf(detail, declarationsOf(detail));
  return (text) => isRecognized(text) || isDeclared(text);
}

function toIssues(error: z.core.$ZodError, schema: z.core.$ZodType, root: string): Issue[] {
  return error.issues.slice(0, maxIssues).flatMap((issue): Issue[] => {
    const path = issue.path.reduce((parent: string, key) => pointerTo(parent, String(key)), root);
    if (issue.code === 'unrecognized_keys') {
      const fields = fieldsAt(schema, issue.path).join(', ');
      return issue.keys.slice(0, maxIssues).map((key, index) => ({
        path: pointerTo(path, key),
        code: issueCodes.unknownField,
        // List the fields once for each object, because the list is long.
        message: `is not a field of the contract${index === 0 ? `; the fields here are ${fields}` : ''}`,
      }));
    }
    const message =
      issue.code === 'invalid_type' && issue.message === 'Invalid input'
        ? 'must be a JSON object'
        : issue.message;
    return [{ path, code: issueCodes.invalidValue, message }];
  });
}

/** Returns the names of the fields that the schema defines at the path. */
function fieldsAt(schema: z.core.$ZodType | undefined, path: readonly PropertyKey[]): string[] {
  const present = schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema;
  if (!(present instanceof z.ZodMiniObject)) return [];
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(present.shape);
  return fieldsAt(present.shape[String(key)], rest);
}
