// Decides whether a field is one of the reviewed fields of AWS resources, in any spelling of its name. It does not judge
// a secret's value: a known field contains a secret whatever the value looks like.
import type { JsonObject, JsonValue } from '../../values/json.ts';
import {
  addedFields,
  otherFields,
  referenceFields,
  reviewedAwsFields,
  type Treatment,
} from './reviewed-fields.ts';

/** A known field as the member of an object: a secret, or part of a reference to the place where one is kept. */
export type KnownMember = 'secret' | 'reference';

/** Longer names are not compared. */
const maxNameLength = 128;

/** Names are remembered because they repeat from event to event. */
const normalizedNames = new Map<string, string>();
const maxRememberedNames = 10_000;

/** Returns a name without case and separators: `AuthToken`, `auth_token` and `AUTH-TOKEN` become `authtoken`. */
function normalize(name: string): string {
  const known = normalizedNames.get(name);
  if (known !== undefined) return known;
  const normalized = /^[a-z0-9]*$/.test(name) ? name : name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (name.length > maxNameLength) return normalized;
  if (normalizedNames.size >= maxRememberedNames) normalizedNames.clear();
  normalizedNames.set(name, normalized);
  return normalized;
}

const treatments: readonly (readonly [field: string, treatment: Treatment])[] = [
  reviewedAwsFields,
  addedFields,
]
  .flatMap((services) => Object.values(services))
  .flatMap((fields) => Object.entries(fields))
  .flatMap(([field, all]) => all.map((treatment) => [normalize(field), treatment] as const));

/** Words around a name that do not change what the field contains: `newAuthToken`, `masterUserPasswordValue`. */
const before = '(?:new|old|current|previous|pending|initial|default|temporary)?';
const wordsAfter = ['new', 'old', 'current', 'previous', 'value', 'text', 'plaintext', 'string'];
const after = `(?:${wordsAfter.join('|')})?`;

const names = treatments.flatMap(([field, treatment]) =>
  'hide' in treatment && treatment.hide === 'by name' ? [field] : [],
);
const certainName = new RegExp(`^${before}(?:${names.join('|')})${after}$`);

/** What the names of known fields can end in, in lower case and without separators. */
export const knownFieldEndings: readonly string[] = [...names, ...wordsAfter];

/** Whether a field with this name is known to contain a secret, wherever it is. */
export function isKnownField(name: string): boolean {
  return canBeListed(name) && certainName.test(normalize(name));
}

function fieldsBy(hide: 'inside' | 'beside'): ReadonlyMap<string, ReadonlySet<string>> {
  const fields = new Map<string, Set<string>>();
  for (const [field, treatment] of treatments) {
    if (!('hide' in treatment) || treatment.hide !== hide) continue;
    for (const name of treatment.names.map(normalize)) {
      fields.set(name, (fields.get(name) ?? new Set()).add(field));
    }
  }
  return fields;
}

const inside = fieldsBy('inside');
const beside = fieldsBy('beside');

/** Returns the fields that contain secrets inside an object or list with this name, normalized. */
export function knownFieldsInside(name: string): ReadonlySet<string> | undefined {
  return canBeListed(name) ? inside.get(normalize(name)) : undefined;
}

const companions: ReadonlySet<string> = new Set([
  ...beside.keys(),
  ...referenceFields.map(({ beside }) => beside),
]);

/** The names of companions, in lower case and without separators. */
export const companionNames: readonly string[] = [...companions];

const listEndsInDigit = [...knownFieldEndings, ...companions, ...inside.keys()].some((name) =>
  /\d$/.test(name),
);

/** Whether a list of this file can contain the name: a quick test, which numbered names such as `setting-17` fail. */
function canBeListed(name: string): boolean {
  if (name.length > maxNameLength) return false;
  const last = name.charCodeAt(name.length - 1);
  return listEndsInDigit || !(last >= 48 && last <= 57);
}

/** Whether another field of the object can be known because of the field with this name. */
export function isCompanion(name: string): boolean {
  return canBeListed(name) && companions.has(normalize(name));
}

/** Whether a companion with this value makes a member of its object known. */
export function makesKnown(name: string, value: JsonValue | undefined): boolean {
  const normalized = normalize(name);
  if (beside.has(normalized)) return true;
  return referenceFields.some(
    ({ beside, values, otherConstants }) =>
      beside === normalized && (values.includes(String(value)) || otherConstants.includes(String(value))),
  );
}

/**
 * Returns the members of an object that are known because of where they are: inside a container with the known fields
 * `insideContainer`, or beside another field. `isShown` tells whether redaction keeps a text: the next redaction must
 * reach the same result.
 */
export function knownMembersOf(
  object: JsonObject,
  insideContainer: ReadonlySet<string> | undefined,
  isShown: (text: string) => boolean,
): ReadonlyMap<string, KnownMember> {
  const known = new Map<string, KnownMember>();
  const keys = Object.keys(object).map((key) => ({ key, name: normalize(key) }));
  const mark = (field: string, member: KnownMember) => {
    for (const { key, name } of keys) if (name === field) known.set(key, member);
  };
  for (const { field, beside, values, otherConstants } of referenceFields) {
    for (const { key, name } of keys) {
      const text = name === beside ? String(object[key]) : '';
      const isReference = values.includes(text);
      if (isReference || otherConstants.includes(text)) known.set(key, 'reference');
      if (isReference) mark(field, 'reference');
    }
  }
  const isOfOtherService = (field: string) =>
    otherFields.some(
      (other) =>
        other.field === field &&
        keys.some(({ key, name }) => {
          const text = name === other.beside ? String(object[key]) : '';
          return other.value.test(text) && isShown(text);
        }),
    );
  const secretFields = [
    ...(insideContainer ?? []),
    ...keys.flatMap(({ name }) => [...(beside.get(name) ?? [])]),
  ];
  for (const field of secretFields) if (!isOfOtherService(field)) mark(field, 'secret');
  return known;
}
