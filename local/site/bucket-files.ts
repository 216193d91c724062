// Reads the files that the CDK's bucket deployments would upload: applies the include and exclude filters, and replaces
// the markers of values that are only known at deployment.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { bucketDeploymentKind } from '../cloudformation/kinds/bucket-deployment.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { LocalStackError } from '../shared/errors.ts';
import { matchesPath } from './path-pattern.ts';

export interface StoredFile {
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  /** The quoted MD5 of the content, as S3 returns it. */
  readonly etag: string;
}

/** Files by bucket name and key. */
export type BucketFiles = ReadonlyMap<string, ReadonlyMap<string, StoredFile>>;

type Deployment = ReturnType<Stack['resources']>[number] & {
  readonly properties: (typeof bucketDeploymentKind)['properties']['_zod']['output'];
};

/** Content types that the AWS CLI assigns to the extensions of the page's files. */
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.woff2': 'font/woff2',
};

/**
 * Reads every file once. `rewrite` changes the content of JSON files. Fails with LocalStackError when a deployment
 * refers to an asset that was not synthesized.
 */
export function readBucketFiles(
  stack: Stack,
  assets: ReadonlyMap<string, string>,
  rewrite: (text: string) => string,
): BucketFiles {
  const buckets = new Map<string, Map<string, StoredFile>>();
  for (const deployment of stack.resources(bucketDeploymentKind)) {
    const { DestinationBucketName, SystemMetadata = {} } = deployment.properties;
    const files = buckets.get(DestinationBucketName) ?? new Map<string, StoredFile>();
    buckets.set(DestinationBucketName, files);
    for (const [key, body] of unpack(deployment, assets, rewrite)) {
      files.set(key, {
        body,
        contentType: contentTypes[extname(key)] ?? 'binary/octet-stream',
        cacheControl: SystemMetadata['cache-control'],
        etag: `"${createHash('md5').update(body).digest('hex')}"`,
      });
    }
  }
  return buckets;
}

function unpack(
  { logicalId, properties }: Deployment,
  assets: ReadonlyMap<string, string>,
  rewrite: (text: string) => string,
): [string, Buffer][] {
  return properties.SourceObjectKeys.flatMap((assetKey, index) => {
    const folder = assets.get(assetKey);
    if (folder === undefined) {
      throw new LocalStackError(
        `deployment ${logicalId} refers to the asset ${assetKey}, which was not synthesized`,
      );
    }
    const markers = properties.SourceMarkers?.[index] ?? {};
    const escapes = properties.SourceMarkersConfig?.[index]?.jsonEscape === true;
    return listFiles(folder)
      .filter((key) => isDeployed(key, properties))
      .map((key): [string, Buffer] => {
        const body = readFileSync(join(folder, key));
        if (!key.endsWith('.json')) return [key, body];
        return [key, Buffer.from(rewrite(replaceMarkers(body.toString('utf8'), markers, escapes)))];
      });
  });
}

/** Replaces each marker in a JSON text by its value. */
function replaceMarkers(text: string, markers: Readonly<Record<string, string>>, escapes: boolean): string {
  return Object.entries(markers).reduce(
    (filled, [marker, value]) =>
      filled.replaceAll(marker, () => (escapes ? JSON.stringify(value).slice(1, -1) : value)),
    text,
  );
}

/** Applies the filters of the AWS CLI: the last match decides, and the CDK passes exclude filters first. */
function isDeployed(
  key: string,
  { Exclude = [], Include = [] }: Pick<Deployment['properties'], 'Exclude' | 'Include'>,
): boolean {
  const matches = (pattern: string) => matchesPath(pattern, `/${key}`);
  return Include.some(matches) || !Exclude.some(matches);
}

/** Keys of all files in a folder and its subfolders. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
