// The keys of the objects in the log bucket. Everything below `logPrefix` is a log as https://c2sp.org/tlog-tiles
// defines it, with a few objects of this product beside the standard ones.
import { dayMillis } from '../values/timestamp.ts';
import { type TileName, tilePath } from './tiles.ts';

const timeDigits = 13;
const sizeDigits = 15;

const padTime = (millis: number) => String(millis).padStart(timeDigits, '0');
const padSize = (size: number) => String(size).padStart(sizeDigits, '0');

/** The prefix of batches that wait to be published. They are temporary. */
export const stagingPrefix = 'staging/';

/** Returns the key of a staged batch. */
export function stagingKey(number: number, sha256: string): string {
  return `${stagingPrefix}${padSize(number)}-${sha256}`;
}

/** What the key of a staged batch says about the batch. */
export interface StagedBatch {
  readonly number: number;
  readonly sha256: string;
}

/** Returns what the key of a staged batch says, or `undefined` if it is not one. */
export function readStagingKey(key: string): StagedBatch | undefined {
  const [, number, sha256] = /^staging\/(\d{15})-([0-9a-f]{64})$/.exec(key) ?? [];
  return sha256 === undefined ? undefined : { number: Number(number), sha256 };
}

/** Returns the key after which all staged batches with a higher number are listed. */
export function stagingKeyAfter(number: number): string {
  return `${stagingPrefix}${padSize(number)}~`;
}

/** The prefix of the logs, one folder for each organization. */
export const logRoot = 'logs/';

/** Returns the prefix of an organization's log. */
export function logPrefix(organizationId: string): string {
  return `${logRoot}${organizationId}/`;
}

/** Returns the key of the current checkpoint. */
export function checkpointKey(organizationId: string): string {
  return `${logPrefix(organizationId)}checkpoint`;
}

/** Returns the key of the head: what the sealer continues from. */
export function headKey(organizationId: string): string {
  return `${logPrefix(organizationId)}head`;
}

/** Returns the key of a tile or an entry bundle. */
export function tileKey(organizationId: string, name: TileName): string {
  return logPrefix(organizationId) + tilePath(name);
}

/** Returns the key of the evidence that a leaf commits to. */
export function evidenceKey(organizationId: string, index: number): string {
  return `${logPrefix(organizationId)}evidence/${padSize(index)}`;
}

/** The prefix of the order objects. It is outside `logs/`, so that a lifecycle rule can remove them with their entries. */
export const orderRoot = 'order/';

/** Returns the prefix of an organization's order objects, which are listed in the order of the log. */
export function orderPrefix(organizationId: string): string {
  return `${orderRoot}${organizationId}/`;
}

/** Returns the key of the order object of the batch with which the log has this size. */
export function orderKey(organizationId: string, size: number): string {
  return orderPrefix(organizationId) + padSize(size);
}

/** The prefix of what witnesses cosigned. It is outside `logs/`, because the sealer does not write it. */
export const cosignaturePrefix = 'cosignatures/';

/** Returns the key of the latest checkpoints of an organization's log that witnesses cosigned. */
export function cosignatureKey(organizationId: string): string {
  return cosignaturePrefix + organizationId;
}

/** What the key of a batch record says about the batch. */
export interface BatchSpan {
  readonly decidedAtMillis: number;
  /** The size of the log with the batch. */
  readonly size: number;
  /** The earliest and the latest recording time of the batch's entries. */
  readonly lowestMillis: number;
  readonly highestMillis: number;
}

/** Returns the prefix of the batch records, which are listed in the order of the log. */
export function batchRecordPrefix(organizationId: string): string {
  return `${logPrefix(organizationId)}batches/`;
}

/** Returns the key of a batch record. */
export function batchRecordKey(organizationId: string, span: BatchSpan): string {
  const { decidedAtMillis, size, lowestMillis, highestMillis } = span;
  const times = `${padTime(lowestMillis)}-${padTime(highestMillis)}`;
  return `${batchRecordPrefix(organizationId)}${padTime(decidedAtMillis)}-${padSize(size)}-${times}`;
}

/** Returns what the key of a batch record says, or `undefined` if it is not one. */
export function readBatchRecordKey(key: string): BatchSpan | undefined {
  const match = /\/batches\/(\d{13})-(\d{15})-(\d{13})-(\d{13})$/.exec(key);
  if (match === null) return undefined;
  const [decidedAtMillis = 0, size = 0, lowestMillis = 0, highestMillis = 0] = match.slice(1).map(Number);
  return { decidedAtMillis, size, lowestMillis, highestMillis };
}

/** How far the clock of a recorder can be ahead of the sealer's. */
export const maxClockSkewMillis = dayMillis / 96;

/** Returns the key after which the records of all batches are listed that can contain an entry recorded at this time. */
export function firstBatchKeyFor(organizationId: string, recordedAtMillis: number): string {
  return batchRecordPrefix(organizationId) + padTime(Math.max(0, recordedAtMillis - maxClockSkewMillis));
}
