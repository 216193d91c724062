// What stands where a secret would and cannot be one: nothing, a state, a reference, a count.

const nothing = /^(?:\*+|null|none|nil|undefined|\{\s*\}|\[\s*\])$/i;

/** Whether there is one, or of what kind: `token: required`, `cookies: disabled`, `authorization: AWS_IAM`. */
const state = /^(?:true|false|yes|no|on|off|enabled|disabled|required|optional|AWS_IAM|COGNITO_USER_POOLS)$/i;

/** Whether a value says of a secret only whether there is one, or of what kind. */
export function isState(value: string): boolean {
  return state.test(value);
}

/** Where it is kept. A variable with a default value, `${PASSWORD:-…}`, may show it. */
const references = [
  /^\$[A-Z_][A-Z0-9_]*$/,
  /^\$\{(?:[\w.[\]"' ]*|(?:env|ssm|self|opt|file|cf):[^}]*)\}?$/,
  /^\$\([^)]*\)$/,
  /^\$?\{\{[^}]*\}\}$/,
  /^<[a-z_ -]+>$/i,
  /^arn:aws[\w-]*:\S*$/,
];

/** Whether a value that is named as a secret is none. */
export function isHarmlessValue(value: string): boolean {
  return nothing.test(value) || state.test(value) || references.some((form) => form.test(value));
}

/** `pass: 12 of 14`, `tokens: 512 per second`. */
export const count =
  /\d{1,9}[ \t]+(?:of[ \t]+\d{1,9}|per[ \t]+[a-z]{2,12})(?=[,;.)]?(?:[ \t]+[a-z]|[ \t]*(?:[\r\n]|$)))/iy;

/** `--verbose`, and not a password that begins with a sign. */
export const nextFlag = /(?:--[a-z][a-z-]*|-[a-z])(?![^\s="'`,\]])/y;
