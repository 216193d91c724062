// Computes the monthly cost of a stack, line by line, for a number of events.
import { alarmCount, assumptions, measured, prices } from './inputs.ts';
import type { EventWeight } from './measure.ts';

export interface CostLine {
  readonly part: string;
  readonly dollars: number;
}

const million = 1_000_000;
const gigabyte = 1e9;

/** EventBridge and SQS bill each 64 KB of an event or message as one. */
const billedChunkBytes = 65_536;

/**
 * Costs of the twelfth month, when a year's entries are stored, with `events` events a month and the entries table in
 * `tableClass`. The directory stays in the standard class: it is small.
 */
export function costsOfMonth(
  events: number,
  weight: EventWeight,
  tableClass: keyof typeof prices.dynamoDb = 'STANDARD',
): CostLine[] {
  const entryPrices = prices.dynamoDb[tableClass];
  const batches = batchesOf(events);
  const recorderSeconds =
    batches * assumptions.recorderSecondsOfBatch + events * assumptions.recorderSecondsOfEvent;
  const requests = assumptions.requestsOfMonth[events] ?? 0;
  const logGb =
    (events * measured.logBytesOfEvent +
      batches * measured.logBytesOfBatch +
      requests * measured.logBytesOfRequest +
      sealerRuns() * measured.logBytesOfBatch) /
    gigabyte;
  const eventGb = (events * weight.eventBytes) / gigabyte;
  const stored = (bytes: number) => (events * bytes * assumptions.monthsStored) / gigabyte;
  return [
    {
      part: 'EventBridge: events and archive',
      dollars:
        perMillion(
          events * Math.ceil(weight.eventBytes / billedChunkBytes),
          prices.eventBridgePerMillionEvents,
        ) +
        eventGb * prices.eventBridgeArchivePerGb +
        eventGb * assumptions.monthsArchived * prices.eventBridgeArchiveStoragePerGbMonth,
    },
    {
      // One request to send each event, two to receive and delete each batch, and the polls of an empty queue.
      part: 'SQS',
      dollars: perMillion(events + 2 * batches + assumptions.idlePolls, prices.sqsPerMillionRequests),
    },
    {
      part: 'Lambda: recorder',
      dollars:
        perMillion(batches, prices.lambdaPerMillionRequests) +
        recorderSeconds * (assumptions.recorderMebibytes / 1024) * prices.lambdaArmPerGbSecond,
    },
    {
      part: 'DynamoDB: writes',
      dollars:
        perMillion(events * weight.writeUnits, entryPrices.perMillionWriteUnits) +
        perMillion(assumptions.newDirectoryValues, prices.dynamoDb.STANDARD.perMillionWriteUnits),
    },
    {
      part: 'DynamoDB: storage of a year, with point-in-time recovery',
      dollars:
        stored(weight.storedBytes) * entryPrices.storagePerGbMonth +
        stored(weight.baseBytes) * prices.dynamoDbPointInTimeRecoveryPerGbMonth,
    },
    {
      part: 'Large entries: bus, queue, S3',
      dollars: costOfLarge(events, entryPrices.perMillionReadUnits),
    },
    { part: 'Sealed log of one organization', dollars: costOfSealing(events) },
    { part: 'Archive of the sealed log, a year', dollars: costOfArchive(events) },
    {
      part: 'API: requests, functions, reads',
      dollars: costOfQueries(
        requests,
        requests * (measured.readUnitsOfPage + measured.readUnitsOfShardSteps),
        entryPrices.perMillionReadUnits,
      ),
    },
    { part: 'Dashboard: CloudFront and S3', dollars: costOfDashboard(requests) },
    {
      part: 'Logs: ingestion, and storage of a year',
      dollars: costOfLogs(logGb),
    },
    {
      part: 'X-Ray',
      dollars: perMillion(tracesOf(batches + requests + sealerRuns()), prices.xrayPerMillionTraces),
    },
    {
      part: 'KMS: keys and requests',
      dollars:
        assumptions.kmsKeys * prices.kmsPerKeyMonth +
        perMillion(assumptions.kmsRequests, prices.kmsPerMillionRequests),
    },
    {
      part: 'CloudWatch: metrics, alarms, dashboard',
      dollars:
        assumptions.metrics * prices.metricPerMonth +
        alarmCount * prices.alarmPerMonth +
        prices.dashboardPerMonth,
    },
  ];
}

/** What a page that follows new entries needs in one minute. */
export interface OpenPageMinute {
  readonly requests: number;
  readonly readUnits: number;
  /** Bytes of all answers, compressed. */
  readonly answerBytes: number;
}

/** Costs a month of people who leave the page open, in addition to those of `costsOfMonth`. */
export function costOfOpenPages(people: number, minute: OpenPageMinute): number {
  const minutes = people * assumptions.openMinutesOfMonth;
  const requests = minutes * minute.requests;
  return (
    costOfQueries(requests, minutes * minute.readUnits, prices.dynamoDb.STANDARD.perMillionReadUnits) +
    perMillion(requests, prices.cloudFrontPerMillionRequests) +
    ((minutes * minute.answerBytes) / gigabyte) * prices.cloudFrontPerGb +
    costOfLogs((requests * measured.logBytesOfRequest) / gigabyte) +
    perMillion(requests * assumptions.tracedShare, prices.xrayPerMillionTraces)
  );
}

function costOfQueries(requests: number, readUnits: number, perMillionReadUnits: number): number {
  return (
    perMillion(requests, prices.httpApiPerMillionRequests + prices.lambdaPerMillionRequests) +
    requests * assumptions.querySecondsOfRequest * assumptions.queryGb * prices.lambdaArmPerGbSecond +
    perMillion(readUnits, perMillionReadUnits)
  );
}

function costOfLogs(logGb: number): number {
  return (
    logGb * prices.logsPerGbIngested +
    logGb * assumptions.monthsStored * assumptions.logCompression * prices.logsStoragePerGbMonth
  );
}

function sealerRuns(): number {
  return assumptions.secondsOfMonth / assumptions.sealer.secondsBetweenRuns;
}

/** A run that finds events seals them in one batch. Events arrive evenly. */
function costOfSealing(events: number): number {
  const { secondsOfRun, gb, streamReadsOfRun, writeUnitsOfRun, writeUnitsOfBatch, putsOfBatch } =
    assumptions.sealer;
  const runs = sealerRuns();
  const sealed = Math.min(events, runs);
  return (
    perMillion(runs, prices.lambdaPerMillionRequests) +
    runs * secondsOfRun * gb * prices.lambdaArmPerGbSecond +
    perMillion(runs * streamReadsOfRun, prices.dynamoDbStreamsPerMillionReads) +
    perMillion(
      runs * writeUnitsOfRun + sealed * writeUnitsOfBatch,
      prices.dynamoDb.STANDARD.perMillionWriteUnits,
    ) +
    perMillion(sealed * putsOfBatch, prices.s3PerMillionPuts) +
    perMillion(sealed, prices.kmsPerMillionSignatures)
  );
}

/** The archive of one organization: its objects, and the staged batches that it is written from. */
function costOfArchive(events: number): number {
  const { minutesBetweenRuns, secondsOfRun, gb, putsOfHour, daysStaged } = assumptions.archiver;
  const { putsOfMinute, getsOfMinute } = assumptions.archiver;
  const runs = assumptions.secondsOfMonth / 60 / minutesBetweenRuns;
  const hours = Math.min(events, assumptions.secondsOfMonth / 3_600);
  const minutes = Math.min(events, hours * 60);
  const archivedGb = (events * assumptions.monthsStored * measured.archivedBytesOfEvent) / gigabyte;
  const stagedGb = (events * (daysStaged / 30) * measured.stagedBytesOfEvent) / gigabyte;
  return (
    perMillion(runs, prices.lambdaPerMillionRequests) +
    runs * secondsOfRun * gb * prices.lambdaArmPerGbSecond +
    perMillion(hours * putsOfHour + minutes * putsOfMinute, prices.s3PerMillionPuts) +
    perMillion(minutes * getsOfMinute, prices.s3PerMillionGets) +
    (archivedGb + stagedGb) * prices.s3StoragePerGbMonth
  );
}

/** The additional cost of large events, compared with as many others. */
function costOfLarge(events: number, perMillionReadUnits: number): number {
  const large = events * assumptions.largeShare;
  const furtherChunks = large * (Math.ceil(assumptions.largeEventBytes / billedChunkBytes) - 1);
  const eventGb = (large * assumptions.largeEventBytes) / gigabyte;
  const objectGb = (large * assumptions.largeObjectBytes) / gigabyte;
  return (
    perMillion(furtherChunks, prices.eventBridgePerMillionEvents) +
    eventGb * prices.eventBridgeArchivePerGb +
    eventGb * assumptions.monthsArchived * prices.eventBridgeArchiveStoragePerGbMonth +
    // Each chunk is billed when it is sent and when it is received.
    perMillion(2 * furtherChunks, prices.sqsPerMillionRequests) +
    // Looked for before the put; a data key at most for each put, since the bucket keeps one.
    perMillion(large, perMillionReadUnits + prices.s3PerMillionPuts + prices.kmsPerMillionRequests) +
    objectGb * assumptions.monthsStored * prices.s3StoragePerGbMonth
  );
}

/** Answers and the page's files through CloudFront, as if it fetched each file from the bucket. */
function costOfDashboard(requests: number): number {
  const loads = requests / assumptions.requestsOfPageLoad;
  const files = loads * assumptions.pageLoadFiles;
  const bytes = requests * assumptions.answerBytes + loads * assumptions.pageLoadBytes;
  return (
    perMillion(requests + files, prices.cloudFrontPerMillionRequests) +
    perMillion(files, prices.cloudFrontFunctionPerMillionRuns + prices.s3PerMillionGets) +
    (bytes / gigabyte) * prices.cloudFrontPerGb
  );
}

/** Number of batches, if events arrive evenly: a batch has the events of one batching window. */
function batchesOf(events: number): number {
  const perSecond = events / assumptions.secondsOfMonth;
  const size = Math.min(assumptions.batchSize, 1 + perSecond * assumptions.batchingWindowSeconds);
  return events / size;
}

function tracesOf(invocations: number): number {
  const perSecond = invocations / assumptions.secondsOfMonth;
  const traced =
    Math.min(perSecond, assumptions.tracesPerSecond) +
    Math.max(0, perSecond - assumptions.tracesPerSecond) * assumptions.tracedShare;
  return traced * assumptions.secondsOfMonth;
}

function perMillion(count: number, price: number): number {
  return (count * price) / million;
}
