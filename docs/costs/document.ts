// Generates `docs/costs.md`: the cost table, what was measured, and what is assumed. `npm run docs` writes it.
import { costOfOpenPages, costsOfMonth, type OpenPageMinute } from './compute.ts';
import { alarmCount, assumptions, measured, prices, volumes } from './inputs.ts';
import { weighEvent } from './measure.ts';

const titles: Readonly<Record<number, string>> = {
  10000: '10 thousand',
  1000000: '1 million',
  100000000: '100 million',
};

/** An eventually consistent read of this many bytes takes half a read unit. */
const bytesPerReadUnit = 4096;

/** Returns the text of `docs/costs.md`. */
export function costDocument(): string {
  const weight = weighEvent();
  const columns = volumes.map((events) => costsOfMonth(events, weight));
  const parts = columns[0]?.map(({ part }) => part) ?? [];
  const rows = parts.map((part, row) => [part, ...columns.map((lines) => dollars(lines[row]?.dollars ?? 0))]);
  const totals = columns.map((lines) => lines.reduce((sum, line) => sum + line.dollars, 0));
  const infrequentTotals = volumes.map((events) =>
    costsOfMonth(events, weight, 'STANDARD_INFREQUENT_ACCESS').reduce((sum, line) => sum + line.dollars, 0),
  );
  const perMillionEvents = totals.map((total, column) => (total / (volumes[column] ?? 1)) * 1_000_000);
  const table = [
    ['dollars a month', ...volumes.map((events) => `${titles[events]} events`)],
    ['---', ...volumes.map(() => '---:')],
    ...rows,
    ['**total**', ...totals.map((total) => `**${dollars(total)}**`)],
    ['per million events', ...perMillionEvents.map(dollars)],
    ['total, with `tableClass` `STANDARD_INFREQUENT_ACCESS`', ...infrequentTotals.map(dollars)],
  ];
  const { putsOfBatch, secondsBetweenRuns } = assumptions.sealer;
  // The staged batch is shared.
  const dollarsOfBatch = (putsOfBatch - 1) * prices.s3PerMillionPuts + prices.kmsPerMillionSignatures;
  const furtherLog = ((assumptions.secondsOfMonth / secondsBetweenRuns) * dollarsOfBatch) / 1_000_000;
  const unitsOfEntry = Math.ceil(weight.baseBytes / bytesPerReadUnit) / 2;
  const detailSearchRow = (candidates: number) => {
    const units = candidates * unitsOfEntry;
    const cost = (units * prices.dynamoDb.STANDARD.perMillionReadUnits) / 1_000_000;
    return `| ${count(candidates)} candidates | ${count(units)} | ${cost < 0.01 ? 'under 0.01' : dollars(cost)} |`;
  };
  const requests = volumes.map((events) => assumptions.requestsOfMonth[events]?.toLocaleString('en-US'));
  return `# Costs

For whoever pays: what a stack costs in its twelfth month, when a year of entries is stored. \`npm run docs\` generates this
page from prices and assumptions ([costs/inputs.ts](costs/inputs.ts)) and from the measured size of an event
([costs/measure.ts](costs/measure.ts)). A test keeps it current.

${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

## Open pages

A page that stays open follows new entries. The table above contains searches only, so add this for each person who leaves
the page open and visible, ${assumptions.openMinutesOfMonth / 60} hours a month (22 days of 8 hours). An idle page polls less, and a hidden page not at
all: see [0031](decisions/0031-follow-in-tiers.md).

| the followed organization has | requests a minute | read units a minute | KB a minute | dollars a month, 1 person | 20 people |
| --- | ---: | ---: | ---: | ---: | ---: |
| 1,200 entries, all in the last 15 minutes | ${openPageCells(measured.openPageMinute)} |
| 1,200 entries in every 15 minutes of the last day | ${openPageCells(measured.busyOpenPageMinute)} |

## Searches in details

Filters such as \`changed\`, \`reason\`, and \`ip\` read the complete entry of each candidate that all other filters match
([querying.md](querying.md#search-in-what-changed)). An entry of average size (${count(weight.baseBytes)} bytes) costs half a read unit, and each further
${count(bytesPerReadUnit)} bytes cost another half. The table above does not contain these reads, because they depend on how people search.

| a search over | read units | dollars |
| --- | ---: | ---: |
${[1_000, 100_000, 1_000_000].map(detailSearchRow).join('\n')}

States in an object cost one S3 GET in addition (${prices.s3PerMillionGets.toFixed(2)} dollars a million), if the filter needs them. They count as four read units
toward the read budget of a page.

## Measured

These are averages over the first thousand events of the demonstration, packed by the product's own code and counted by
DynamoDB's rules. \`npm run test:conformance\` checks that dynoxide counts the same units.

| what | value |
| --- | ---: |
| write units per event: ${weight.permittedUnits.toFixed(2)} for a permitted one, ${weight.findingUnits.toFixed(2)} for others | ${weight.writeUnits.toFixed(2)} |
| bytes stored per event: base item and index entries, each with the 100 bytes that DynamoDB adds | ${count(weight.storedBytes)} |
| bytes of the base item | ${count(weight.baseBytes)} |
| bytes of an event on the bus | ${count(weight.eventBytes)} |
| log bytes per event | ${count(measured.logBytesOfEvent)} |
| log bytes per batch | ${count(measured.logBytesOfBatch)} |
| log bytes per API request | ${count(measured.logBytesOfRequest)} |
| read units per page, at most | ${measured.readUnitsOfPage} |
| read units for the [shard steps](decisions/0042-shards-that-grow.md), at most once in 30 seconds for each execution environment | ${measured.readUnitsOfShardSteps} |

## Assumed

- **Prices:** list prices of ${prices.region} on ${prices.asOf}, without free tiers, savings plans, taxes, and data transfer out (except
  CloudFront's).
- **Load:** events arrive evenly. Bursts make fuller batches, which cost less. A batch takes ${assumptions.recorderSecondsOfBatch * 1000} ms, and
  ${assumptions.recorderSecondsOfEvent * 1000} ms for each event, with ${count(assumptions.recorderMebibytes)} MB. A request takes ${assumptions.querySecondsOfRequest * 1000} ms with 1 GB. These durations are not measured
  on Lambda.
- **API requests:** ${requests.join(', ')} a month. They depend on the number of people, not of events.
- **Fixed parts:** ${alarmCount} alarms, ${assumptions.metrics} custom metrics, and ${assumptions.kmsKeys} keys. Each yearly rotation adds $1 a month to a key, at most
  twice. There are ${count(assumptions.kmsRequests)} KMS requests, because queues and tables cache data keys for minutes.
- **Sealed log:** the sealer runs every ${assumptions.sealer.secondsBetweenRuns} seconds for ${assumptions.sealer.secondsOfRun} seconds with ${assumptions.sealer.gb} GB, which is not measured on Lambda. A run that finds
  events writes ${assumptions.sealer.putsOfBatch} objects and signs once for each organization; all events are of one organization. Each further
  organization with events in every minute adds ${dollars(furtherLog)} dollars a month. An organization without events adds nothing.
- **Archive of the sealed log:** the archiver runs every minute for ${assumptions.archiver.secondsOfRun} seconds, which is not measured on Lambda. An event takes
  ${measured.archivedBytesOfEvent} bytes in the archive, compressed, and ${count(measured.stagedBytesOfEvent)} bytes in staged batches for ${assumptions.archiver.daysStaged} days.
- **Archive of the bus:** emitters redact every event, so the archive keeps all of them, for ${assumptions.monthsArchived} months.
- **Large events:** one event in ${count(1 / assumptions.largeShare)} does not fit an item. It has ${assumptions.largeEventBytes / 1000} kB on the bus, and ${assumptions.largeObjectBytes / 1000} kB in the bucket
  for as long as its entry exists. It is rarely shown, so S3 GET requests (${dollars(prices.s3PerMillionGets)} dollars a million) are not included.
- **Dashboard:** all API requests come from the dashboard, through CloudFront, with ${assumptions.answerBytes / 1000} kB per answer. The page loads
  once in ${assumptions.requestsOfPageLoad} requests, with ${assumptions.pageLoadBytes / 1000} kB in ${assumptions.pageLoadFiles} files, as if neither browsers nor edge locations cached them. Prices are those of
  Europe and North America, including data transfer out.
- **Not included:** the emitters' own costs, the user pool (priced per user), alarm notifications, and rejected events.

## Cost drivers

- **Writes** pay for the indexes: five units, one more for a verdict other than \`PERMITTED\`, and one for the base item. Only
  events whose compressed states exceed 1 KB need a second one.
- **Storage** grows as long as entries are kept. \`retentionDays\` limits it.
- **Table class:** with \`STANDARD_INFREQUENT_ACCESS\`, a gigabyte of the entries table costs ${dollars(prices.dynamoDb.STANDARD_INFREQUENT_ACCESS.storagePerGbMonth)} dollars a month instead of
  ${dollars(prices.dynamoDb.STANDARD.storagePerGbMonth)}, and reads and writes cost about a quarter more. In the first month, when little is stored, it costs more
  than it saves. AWS allows two changes of a table's class in 30 days.
- **Logs** have one line for each event. It is the only trace of who delivered what and when, so it is not sampled.
- **Fixed costs** are the same in every column: keys, alarms, dashboard, metrics, and the pollers of the queue.
`;
}

function openPageCells(minute: OpenPageMinute): string {
  const { requests, readUnits, answerBytes } = minute;
  return [
    requests,
    readUnits,
    answerBytes / 1000,
    dollars(costOfOpenPages(1, minute)),
    dollars(costOfOpenPages(20, minute)),
  ].join(' | ');
}

function dollars(amount: number): string {
  const digits = amount < 100 ? 2 : 0;
  return amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function count(amount: number): string {
  return Math.round(amount).toLocaleString('en-US');
}
