// Runs the summary command: counts entries, and continues until the numbers are exact or the limit of requests is reached.
import type { RequestLogsClient, SummaryQuery } from '../client/client.ts';
import { mergeSummaries } from '../core/counts/merge-summaries.ts';
import type { Summary } from '../core/counts/summary.ts';
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Output } from '../terminal/output.ts';
import type { SummaryCommand } from './commands.ts';
import { describeNotSearched } from './not-searched.ts';
import { toQuery } from './search-query.ts';
import { renderSummary } from './summary-table.ts';

/** What the summary command uses. */
export interface SummaryContext {
  readonly client: Pick<RequestLogsClient, 'summaryParts'>;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Prints the counts, and on standard error whether they are exact. */
export async function summarize(
  command: SummaryCommand,
  { client, output, signal }: SummaryContext,
): Promise<void> {
  const parts: Summary[] = [];
  for await (const part of client.summaryParts(toSummaryQuery(command), { signal })) {
    parts.push(part);
    if (part.nextCursor === null || parts.length >= command.maxRequests) break;
    output.draw(`Counting… back to ${part.searchedThrough}`);
  }
  output.draw(undefined);
  const [first, ...others] = parts;
  if (first === undefined) return;
  const summary = mergeSummaries([first, ...others], command);
  if (command.output === 'json') {
    await output.write(`${escapeJsonForTerminal(JSON.stringify(summary, null, 2))}\n`);
  } else {
    await output.write(`${renderSummary(summary, output.columns, output.paint).join('\n')}\n`);
    for (const line of describePeriods(summary)) output.say(escapeForTerminal(line));
  }
  if (summary.notSearched) output.say(escapeForTerminal(describeNotSearched(summary.notSearched)));
  if (summary.nextCursor !== null) {
    const through = `counted back to ${summary.searchedThrough} with ${formatCount(parts.length, 'request')}`;
    output.say(`Not exact: ${through}. To count further, use a higher --max-requests, or a shorter range.`);
  }
}

function describePeriods({ from, to, previous, exact, asOf, recordedTo }: Summary): string[] {
  const limit = asOf === undefined ? recordedTo : `size ${asOf} of the sealed log`;
  const compared = previous === undefined ? '' : `, compared with ${previous.from} to ${previous.to}`;
  return [`${from} to ${to}${compared}.${exact ? ` Exact as of ${limit}.` : ''}`];
}

/** Converts the command to API parameters. */
function toSummaryQuery(command: SummaryCommand): SummaryQuery {
  const { search, groupBy, interval, timeZone, top, orderBy, isCompared, asOf } = command;
  const { order: _, ...query } = toQuery(search);
  return {
    ...query,
    ...(groupBy.length > 0 && { groupBy: [...groupBy] }),
    ...(interval !== undefined && { interval }),
    ...(timeZone !== undefined && { timeZone }),
    ...(top !== undefined && { top }),
    ...(orderBy !== undefined && { orderBy }),
    ...(asOf !== undefined && { asOf }),
    ...(isCompared && { compare: 'previous' as const }),
  };
}
