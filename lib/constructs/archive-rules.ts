// The lifecycle rules of the archive in the log bucket.
import { Duration } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import {
  archiveKinds,
  archiveRetentionPrefix,
  countSegmentPrefix,
  countsPrefix,
} from '../../core/log/archive-keys.ts';

/**
 * Expires objects of the archive with their entries. The rules apply only to objects of the current setting, like those of
 * the overflow bucket. An object is written after its entries were recorded, so it never expires before them.
 */
export function archiveRules(retention: Duration | undefined): s3.LifecycleRule[] {
  // Each batch replaces the segment of the day.
  const replaced = {
    id: 'ExpireReplacedSegments',
    prefix: countsPrefix,
    noncurrentVersionExpiration: Duration.days(1),
  };
  if (retention === undefined) return [replaced];
  const days = retention.toDays();
  const prefixes = [
    ...archiveKinds.map((kind) => [kind, archiveRetentionPrefix(kind, days)] as const),
    ['counts', countSegmentPrefix(days)] as const,
  ];
  const rules = prefixes.map(([name, prefix]) => ({
    id: `Expire-archive-${name}`,
    prefix,
    expiration: Duration.days(days + 1),
    noncurrentVersionExpiration: Duration.days(1),
  }));
  return [replaced, ...rules];
}
