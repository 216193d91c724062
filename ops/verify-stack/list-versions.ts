// Finds objects of the log bucket with several versions or a delete marker. Object Lock keeps a locked version, but it
// does not prevent that another version or a marker hides it.
import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Disagreement } from '../../core/log/check-log.ts';

/** Objects that the sealer and the archiver replace or remove. */
const replaced = /(?:\/(?:checkpoint|head|position)|\.p\/\d+)$/;

/** Yields every hidden version below a prefix. AWS errors are not caught. */
export async function* listHiddenVersions(
  s3: S3Client,
  bucket: string,
  prefix: string,
): AsyncGenerator<Disagreement> {
  let KeyMarker: string | undefined;
  let VersionIdMarker: string | undefined;
  const seen = { key: '', versions: 0 };
  do {
    const page = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, KeyMarker, VersionIdMarker }),
    );
    for (const { Key = '' } of page.DeleteMarkers ?? []) {
      if (!replaced.test(Key)) yield { subject: Key, problem: 'has a delete marker' };
    }
    for (const { Key = '' } of page.Versions ?? []) {
      seen.versions = seen.key === Key ? seen.versions + 1 : 1;
      seen.key = Key;
      if (seen.versions === 2 && !replaced.test(Key)) yield { subject: Key, problem: 'has several versions' };
    }
    ({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page);
  } while (KeyMarker !== undefined && KeyMarker !== '');
}
