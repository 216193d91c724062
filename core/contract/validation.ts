// Checks an event against the contract: JSON that can be kept exactly, the schema, and that source, detail-type
// and states agree. Gives issues instead of throwing.
import * as z from 'zod/mini';
import { isCredential } from '../redaction/detectors/credential.ts';
import { containsSecret, type SecretTest, secretTestOf } from '../redaction/engine/redact.ts';
import { type Issue, issueCodes } from '../values/issue.ts';
import { depthOf, findJsonIssues, isJsonObject, type JsonObject, maxWalkableDepth } from '../values/json.ts';
import { keysOf, pointerTo } from '../values/json-pointer.ts';
import { declarationsOf, findDeclarationIssues, hideDeclared } from './declarations.ts';
import { type EventDetail, type EventEnvelope, envelopeSchema, eventDetailSchema } from './event.ts';
import { type DetailType, detailTypes } from './vocabulary.ts';

const maxIssues = 20;

export type Checked<T> = { readonly value: T } | { readonly issues: Issue[] };

/** Checks what EventBridge delivered: envelope and detail. */
export function checkEnvelope(envelope: unknown): Checked<EventEnvelope> {
  const jsonIssues = findJsonIssues(envelope, maxIssues);
  if (jsonIssues.length > 0) return { issues: withoutSecretKeys(jsonIssues, envelope) };
  const parsed = envelopeSchema.safeParse(envelope);
  if (!parsed.success) {
    return { issues: withoutSecretKeys(toIssues(parsed.error, envelopeSchema, ''), envelope) };
  }
  const { source, 'detail-type': detailType, detail } = parsed.data;
  const issues = findDisagreements(source, detailType, detail);
  return issues.length > 0 ? { issues } : { value: parsed.data };
}

/** Checks a detail before it is sent; paths are those it will have in the event. */
export function checkDetail(source: string, detailType: string, detail: unknown): Checked<EventDetail> {
  if (!Object.hasOwn(detailTypes, detailType)) {
    const allowed = Object.keys(detailTypes).join(', ');
    return {
      issues: [{ path: '/detail-type', code: issueCodes.invalidValue, message: `must be one of ${allowed}` }],
    };
  }
  const jsonIssues = findJsonIssues({ detail }, maxIssues);
  if (jsonIssues.length > 0) return { issues: withoutSecretKeys(jsonIssues, detail) };
  const parsed = eventDetailSchema.safeParse(detail);
  if (!parsed.success) {
    return { issues: withoutSecretKeys(toIssues(parsed.error, eventDetailSchema, '/detail'), detail) };
  }
  const issues = findDisagreements(source, detailType as DetailType, parsed.data);
  return issues.length > 0 ? { issues } : { value: parsed.data };
}

function findDisagreements(source: string, detailType: DetailType, detail: EventDetail): Issue[] {
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
      report(`/detail/${field}`, issueCodes.missingState, `must be there for ${detailType}`);
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
  return issues;
}

/** Longer keys are cut in the paths of issues. */
const maxKeyLength = 64;

/** The path as issues may show it: a key in it may be a credential, or a page long. */
export function presentablePath(path: string, isSecret: SecretTest = containsSecret): string {
  const keys = keysOf(path).map((key) => (isSecret(key) ? '…' : key.slice(0, maxKeyLength)));
  return keys.reduce<string>(pointerTo, '');
}

function withoutSecretKeys(issues: Issue[], value: unknown): Issue[] {
  // What is nested too deep is not walked: there a key is judged on its own.
  const isSecret = depthOf(value) > maxWalkableDepth ? containsSecret : secretKeyTestOf(value);
  return issues.map((issue) => ({ ...issue, path: presentablePath(issue.path, isSecret) }));
}

/** Whether a key holds a secret that rules recognize in an envelope or a detail, or that it declares. */
function secretKeyTestOf(value: unknown): SecretTest {
  const isRecognized = secretTestOf(value);
  const detail = isJsonObject(value) && isJsonObject(value.detail) ? value.detail : value;
  if (!isJsonObject(detail)) return isRecognized;
  const { holdsSecret } = hideDeclared(detail as JsonObject, declarationsOf(detail));
  return (text) => isRecognized(text) || holdsSecret(text);
}

function toIssues(error: z.core.$ZodError, schema: z.core.$ZodType, root: string): Issue[] {
  return error.issues.slice(0, maxIssues).flatMap((issue): Issue[] => {
    const path = issue.path.reduce((parent: string, key) => pointerTo(parent, String(key)), root);
    if (issue.code === 'unrecognized_keys') {
      const fields = fieldsAt(schema, issue.path).join(', ');
      return issue.keys.slice(0, maxIssues).map((key, index) => ({
        path: pointerTo(path, key),
        code: issueCodes.unknownField,
        // Once for each object: the list is long, and issues are read together.
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

/** The fields that the schema has at the path of an issue. */
function fieldsAt(schema: z.core.$ZodType | undefined, path: readonly PropertyKey[]): string[] {
  const present = schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema;
  if (!(present instanceof z.ZodMiniObject)) return [];
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(present.shape);
  return fieldsAt(present.shape[String(key)], rest);
}
