// Names that only hint at a secret, so that the form of the value decides: `X_KEY`, `routing_key`, `secret_id`.
import { isGeneratedKey, looksGenerated } from './value-shape.ts';

/** The last word of a key's name, and not a key of a table, cache or bucket, a public key, or the id of a key. */
const keyName = /(?:^|[^A-Za-z]|[a-z](?=K)|[A-Z](?=K))(?:key|Key|KEY)s?\d*$/;
const otherKey =
  /(?:public|pub|partition|sort|primary|foreign|cache|idempotency|dedup(?:lication)?|object|s3|bucket|row|hash|range|lookup|group(?:ing)?|unique|index|kms|context|map|translation|i18n|node|react|query|state|tag|label|feature|project|sorting|natural|surrogate|composite|shard|item|record|field|column|document|doc|path|file|folder|host)[-_.\s]?keys?\d*$/i;

const secretId = /secret[-_.\s]?id$/i;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the value under this name is a secret if its form says so too. */
export function isHintName(name: string): boolean {
  return secretId.test(name) || (keyName.test(name) && !otherKey.test(name));
}

/** Whether a value under a name that hints at a secret is one by its form. */
export function isSecretByValue(name: string, value: string): boolean {
  return secretId.test(name) ? uuid.test(value) : looksGenerated(value) || isGeneratedKey(value);
}
