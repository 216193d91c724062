// The objects of the archive as files: those of a copied bucket, or those of the local stack, which are fetched first.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  type ArchiveObject,
  archiveKinds,
  archivePrefix,
  readArchiveKey,
} from '../../core/log/archive-keys.ts';
import { CommandError } from '../../terminal/command-error.ts';
import { clientSettings } from '../command/client-settings.ts';
import { asLocalRoot, readLocalStatus } from '../command/local-stack.ts';
import { pickNamed } from '../command/pick-one.ts';
import type { SqlChoice } from './read-arguments.ts';

/** Paths of files by what they contain. */
export type ArchiveFiles = Readonly<Record<ArchiveObject['kind'], readonly string[]>>;

type Filter = Pick<SqlChoice, 'organization' | 'from' | 'to'>;

/** Returns the files of a copied bucket. Fails with CommandError if the folder has no archive. */
export function findFiles(bucketDir: string, filter: Filter): ArchiveFiles {
  const root = join(bucketDir, archivePrefix);
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new CommandError(
      `${bucketDir} has no folder ${archivePrefix}; copy the log bucket with its keys as paths`,
    );
  }
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const keys = names.map((name) => archivePrefix + name.replaceAll('\\', '/'));
  return select(keys, filter, (key) => join(bucketDir, key));
}

/**
 * Fetches what is missing from the archive of the local stack at PORT into the folder, and returns the files. Objects of
 * the archive never change. Fails with CommandError if the local stack does not respond.
 */
export async function fetchFiles(
  folder: string,
  filter: Filter,
  environment: NodeJS.ProcessEnv,
): Promise<ArchiveFiles> {
  const status = await readLocalStatus(environment);
  const s3 = new S3Client({ ...clientSettings, ...asLocalRoot(status), forcePathStyle: true });
  const Bucket = pickNamed('bucket', 'requestlogs-local-sealedlogbucket', status.buckets);
  const keys: string[] = [];
  let StartAfter: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: archivePrefix, StartAfter }));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    StartAfter = page.IsTruncated ? keys.at(-1) : undefined;
  } while (StartAfter !== undefined);
  const files = select(keys, filter, (key) => key);
  const fetched = async (key: string) => {
    const path = join(folder, key);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, (await Body?.transformToByteArray()) ?? '', { mode: 0o600 });
    return path;
  };
  const found: Record<ArchiveObject['kind'], string[]> = { entries: [], disputes: [], columns: [] };
  for (const kind of archiveKinds) {
    for (const key of files[kind]) found[kind].push(await fetched(key));
  }
  return found;
}

/** Returns the keys that match the filter, as paths. Keys that the archiver would not write are left out. */
function select(
  keys: readonly string[],
  { organization, from, to }: Filter,
  pathOf: (key: string) => string,
): ArchiveFiles {
  const found: Record<ArchiveObject['kind'], string[]> = { entries: [], disputes: [], columns: [] };
  for (const key of [...keys].sort()) {
    const object = readArchiveKey(key);
    if (object === undefined) continue;
    const day = new Date(object.hourMillis).toISOString().slice(0, 10);
    if (organization !== undefined && organization !== object.organizationId) continue;
    if ((from !== undefined && day < from) || (to !== undefined && day > to)) continue;
    found[object.kind].push(pathOf(key));
  }
  return found;
}
