// Checks the size of a function's environment at synthesis, before a deployment fails. Lambda allows 4 KB of
// environment variables, names and values together
// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';

const maxEnvironmentBytes = 4096;

/** Assumed size of a value that is resolved at deployment, such as a queue URL of about 150 bytes. */
const unknownValueBytes = 160;

const settingOfVariable: Readonly<Record<string, string>> = {
  [environmentNames.roleMap]: 'roleMap',
  [environmentNames.producers]: 'producers',
  [environmentNames.indexShards]: 'indexShards',
  [environmentNames.identityClaims]: 'identity.claims',
  [environmentNames.witnesses]: 'witnesses',
};

/** Returns a sentence that names the largest settings if the environment is too large, otherwise nothing. */
export function findOversize(
  scope: IConstruct,
  functionName: string,
  environment: Readonly<Record<string, string>>,
): string[] {
  const sizes = Object.entries(environment)
    // Lambda measures the environment as JSON, where each quote of a JSON value takes two bytes.
    .map(([name, value]) => ({
      name,
      bytes: jsonBytes(name) + 2 + resolvedBytes(Stack.of(scope).resolve(value)),
    }))
    .sort((a, b) => b.bytes - a.bytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 2);
  if (total <= maxEnvironmentBytes) return [];
  const largest = sizes
    .filter(({ name }) => settingOfVariable[name] !== undefined)
    .slice(0, 2)
    .map(({ name, bytes }) => `${settingOfVariable[name]} takes ${bytes}`)
    .join(', ');
  return [
    `the environment of function ${functionName} is ${total} bytes, but Lambda allows ${maxEnvironmentBytes}: ${largest}; shorten it`,
  ];
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

/**
 * Size in bytes of a resolved value: a string, or an intrinsic function whose literal parts are counted and
 * whose rest is estimated.
 */
function resolvedBytes(value: unknown): number {
  if (typeof value === 'string') return jsonBytes(value);
  if (typeof value === 'object' && value !== null) {
    if ('Ref' in value && value.Ref === 'AWS::AccountId') return 12;
    if ('Fn::Join' in value && Array.isArray(value['Fn::Join']) && Array.isArray(value['Fn::Join'][1])) {
      return value['Fn::Join'][1].reduce((sum: number, part) => sum + resolvedBytes(part), 0);
    }
  }
  return unknownValueBytes;
}
