// Why a value is a secret where it stands, whatever its own form: by the name of what holds it, or by place.
import { isJsonObject, type JsonValue } from '../../values/json.ts';
import { isBasicCredential, namesBasicCredential } from '../detectors/basic-credentials.ts';
import type { NameMatcher } from '../detectors/name-matcher.ts';
import { isDecision, isSecretMap, isWorkspace } from '../detectors/state-patterns.ts';

export interface Context {
  /** Not at all, by a name that shows a credential, or since everything in this place is one. */
  readonly why: 'open' | 'named' | 'place';
  /** Numbers are secrets as well. */
  readonly holdsNumbers?: boolean;
  /** The names in it are made up, so that none of them lets its value stay readable. */
  readonly isMap?: boolean;
}

export const open: Context = { why: 'open' };
export const place: Context = { why: 'place' };

/** The context of a value under a name within another context; elements of a list have the name ''. */
export function contextOf(value: JsonValue, name: string, outer: Context, names: NameMatcher): Context {
  if (outer.why === 'place') return outer;
  if (isDecision(name, value)) return outer;
  if (typeof value === 'object' && names.isPlace(name) && !isWorkspace(name, value)) return place;
  if (names.isSecret(name)) {
    const isMap = isJsonObject(value) && isSecretMap(name);
    return { why: 'named', holdsNumbers: holdsSecretNumbers(name), isMap };
  }
  if (typeof value === 'string' && namesBasicCredential(name) && isBasicCredential(value)) {
    return { why: 'named' };
  }
  return outer.why === 'named' ? insideNamed(value, name, outer, names) : outer;
}

function insideNamed(value: JsonValue, name: string, outer: Context, names: NameMatcher): Context {
  const isNested = typeof value === 'object';
  if (!isNested && outer.isMap !== true && names.isReadableInside(name)) return open;
  const saysNothing = name === '' || /^(?:old|new|current|previous|default)?_?(?:value)?$/i.test(name);
  return { why: 'named', holdsNumbers: outer.holdsNumbers === true && saysNothing };
}

/** A number is a secret only under names such as `pin`; `tokens: 512` is a size. */
export function holdsSecretNumbers(name: string): boolean {
  return /(?:pass|pwd|pin|otp|secret|code)/i.test(name);
}
