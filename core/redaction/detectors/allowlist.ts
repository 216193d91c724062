// Values in the place of a secret that are none: nothing, a state, a reference, a count.
import { looksLikePassword } from './value-shape.ts';

const nothing = /^(?:\*+|null|none|nil|undefined|\{\s*\}|\[\s*\])$/i;

/** Whether there is a secret, or of what kind: `token: required`, `cookies: disabled`, `authorization: AWS_IAM`. */
const state = /^(?:true|false|yes|no|on|off|enabled|disabled|required|optional|AWS_IAM|COGNITO_USER_POOLS)$/i;

/** `stopSig: SIGTERM` */
const signal = /^SIG[A-Z]{2,6}\d?$/;

/** `expiration: 2026-11-05T10:00:00Z` */
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether a value says only whether there is a secret, or of what kind. */
export function isState(value: string): boolean {
  return state.test(value) || signal.test(value) || time.test(value);
}

/** Where a secret is stored. A variable with a default value, `${PASSWORD:-…}`, can show the secret. */
const references = [
  /^\$[A-Z_][A-Z0-9_]*$/,
  /^\$\{(?:[\w.[\]"' ]*|(?:env|ssm|self|opt|file|cf):[^}]*)\}$/,
  /^\$\([^)]*\)$/,
  /^\$?\{\{[^}]*\}\}$/,
  /^<[a-z_ -]+>$/i,
  /^arn:aws[\w-]*:\S*$/,
];

/** Too short for a password: `pass=12`, `old_passwords: 0`. */
const smallNumber = /^\d{1,3}$/;

/** The value without signs that belong to the list or sentence around it. A password can begin like a short one. */
const withoutRest =
  /^(?:\$?\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$[A-Z_]{4,}|<[a-z_ -]{4,}>|arn:[^,;"'`)}\]]*|[a-z_]{2,24})(?=[,;&"'`)}\]])/i;

/** Whether a value with a secret's name is none. A password can begin like such a value: `no)-Ljs2Pd8N`. */
export function isHarmlessValue(value: string): boolean {
  if (isHarmless(value)) return true;
  const head = withoutRest.exec(value)?.[0];
  return head !== undefined && isHarmless(head) && !looksLikePassword(restOf(value, head.length));
}

/** The rest of the word behind the signs at `start`. */
function restOf(value: string, start: number): string {
  return /^[,;&"'`)}\]]{0,16}([^\s]{0,512})/.exec(value.slice(start, start + 528))?.[1] ?? '';
}

function isHarmless(value: string): boolean {
  return nothing.test(value) || isState(value) || references.some((form) => form.test(value));
}

/** Whether a number is too small for a secret with this name; a PIN or code can have three digits. */
export function isSmallNumber(name: string, value: string): boolean {
  return smallNumber.test(value) && !/(?:pin|otp|code)s?$/i.test(name);
}

/** `pass: 12 of 14`, `tokens: 512 per second`. */
export const count =
  /\d{1,9}[ \t]+(?:of[ \t]+\d{1,9}|per[ \t]+[a-z]{2,12})(?=[,;.)]?(?:[ \t]+[a-z]|[ \t]*(?:[\r\n]|$)))/iy;

/** `--verbose`, and not a password that begins with a hyphen. */
export const nextFlag = /--[a-z][a-z-]*(?=[=\s"'`,\]]|$)|-[a-z](?=["'`,\]]{0,2}(?:\s|$))/y;
