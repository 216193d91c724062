// Why a value is a secret whatever its own form: because of the name of its field, or because of its place.
import { isJsonObject, type JsonValue } from '../../values/json.ts';
import { isBasicCredential, namesBasicCredential } from '../detectors/basic-credentials.ts';
import type { NameMatcher } from '../detectors/name-matcher.ts';
import { isSecretByValue } from '../detectors/named-by-value.ts';
import {
  isDecision,
  isReferenceMember,
  isReferenceObject,
  isSecretMap,
  isWorkspace,
} from '../detectors/state-patterns.ts';
import { knownFieldsInside } from '../known/known-fields.ts';

export interface Context {
  /** `open`: it is no secret. `named`: its name is that of a secret. `place`: everything in this place is a secret. */
  readonly why: 'open' | 'named' | 'place';
  /** Numbers are secrets as well. */
  readonly holdsNumbers?: boolean;
  /** The names in it are free, so that none of them keeps its value readable. */
  readonly isMap?: boolean;
  /** The field is known to contain a secret, so that every value in it is hidden. */
  readonly isKnown?: boolean;
  /** The fields of known secrets inside this container, in which the value is. */
  readonly knownInside?: ReadonlySet<string>;
}

export const open: Context = { why: 'open' };
export const place: Context = { why: 'place' };

/** The context of a value under a name within another context; elements of a list have the name ''. */
export function contextOf(value: JsonValue, name: string, outer: Context, names: NameMatcher): Context {
  if (outer.why !== 'open' && (isReferenceObject(value) || isReferenceMember(name, value))) return open;
  if (outer.why === 'place') return outer;
  if (isDecision(name, value)) return outer;
  if (typeof value === 'object' && names.isPlace(name) && !isWorkspace(name, value)) return place;
  if (names.isSecret(name)) {
    if (isReferenceObject(value)) return open;
    const isMap = isJsonObject(value) && isSecretMap(name);
    const isKnown = names.isKnown(name);
    return { why: 'named', holdsNumbers: isKnown || holdsSecretNumbers(name), isMap, isKnown };
  }
  if (typeof value === 'string' && namesBasicCredential(name) && isBasicCredential(value)) {
    return { why: 'named' };
  }
  if (typeof value === 'string' && isRandomKey(name, value, names)) return { why: 'named' };
  if (outer.why === 'named') return insideNamed(value, name, outer, names);
  const knownInside = typeof value === 'object' ? knownFieldsInside(name) : undefined;
  return knownInside === undefined ? outer : { ...outer, knownInside };
}

/** `key` alone is the label of a pair more often than the name of a key. */
function isRandomKey(name: string, value: string, names: NameMatcher): boolean {
  return value.length >= 12 && !/^keys?$/i.test(name) && names.isHint(name) && isSecretByValue(name, value);
}

function insideNamed(value: JsonValue, name: string, outer: Context, names: NameMatcher): Context {
  const isNested = typeof value === 'object';
  if (!isNested && outer.isMap !== true && names.isReadableInside(name)) return open;
  const saysNothing = name === '' || /^(?:old|new|current|previous|default)?_?(?:value)?$/i.test(name);
  const isKnown = outer.isKnown === true && saysNothing;
  return { why: 'named', holdsNumbers: outer.holdsNumbers === true && saysNothing, isKnown };
}

/** A number is a secret only under names such as `pin`; `tokens: 512` is a size. */
export function holdsSecretNumbers(name: string): boolean {
  return /(?:pass|pwd|pin|otp|secret|code)/i.test(name);
}
