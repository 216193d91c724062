// The content of the overview: a histogram of the range, and the users, targets, environments, and verdicts with the most
// entries, each compared with the previous period.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import Toggle from '@cloudscape-design/components/toggle';
import { useMemo, useState } from 'react';
import type { Summary } from '../../../core/counts/summary.ts';
import { describeProblem } from '../api/problem.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { describeDetailCost } from '../search/detail-cost.ts';
import type { Search } from '../search/search.ts';
import type { SearchRun } from '../search/use-search-run.ts';
import { formatTime, labelZone, type TimeZone } from '../time/format-time.ts';
import { Histogram } from './histogram.tsx';
import { sizeOf, toBars } from './histogram-bars.ts';
import { HistogramTable } from './histogram-table.tsx';
import styles from './overview.module.css';
import { defaultDays, overviewLists } from './overview-query.ts';
import { describeTotals } from './overview-text.ts';
import { TopList } from './top-list.tsx';
import { type OverviewState, useOverview } from './use-overview.ts';

export interface OverviewProps {
  readonly run: SearchRun;
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
}

export default function Overview({ run, search, onSearch }: OverviewProps) {
  const { timeZone: zone } = usePreferences();
  const state = useOverview(run, labelZone(zone), search.asOf);
  const { summary, error } = state;
  return (
    <div className={styles.overview}>
      {error !== null && <Problem error={error} onRetry={state.countMore} />}
      {summary === undefined && error === null && <p className={styles.note}>Counting…</p>}
      {summary && (
        <>
          <Totals summary={summary} zone={zone} run={run} state={state} asOf={search.asOf} />
          <Counts summary={summary} zone={zone} search={search} onSearch={onSearch} />
        </>
      )}
    </div>
  );
}

function Problem({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { title, advice } = describeProblem(error);
  return (
    <Alert type="warning" header={title} action={<Button onClick={onRetry}>Try again</Button>}>
      {advice}
    </Alert>
  );
}

interface TotalsProps {
  readonly summary: Summary;
  readonly zone: TimeZone;
  readonly run: SearchRun;
  readonly state: OverviewState;
  readonly asOf: number | undefined;
}

function Totals({ summary, zone, run, state, asOf }: TotalsProps) {
  const { exact, nextCursor, searchedThrough, notSearched } = summary;
  const cost = describeDetailCost(state.cost);
  const period = run.filters.from === undefined ? `${defaultDays} days: ` : '';
  return (
    <div className={styles.totals}>
      <LiveRegion>
        <span>
          {period}
          {describeTotals(summary)}
          {!exact && nextCursor !== null && ` so far, counted back to ${formatTime(searchedThrough, zone)}`}
          {notSearched && `. The details of ${notSearched.count} more entries could not be read`}
          {cost !== undefined && `. ${cost}`}
          {asOf !== undefined && `. Counted when the sealed log had ${asOf.toLocaleString('en')} entries`}
        </span>
      </LiveRegion>
      {nextCursor !== null && (
        <Button variant="inline-link" loading={state.isCounting} onClick={state.countMore}>
          Count more
        </Button>
      )}
    </div>
  );
}

interface CountsProps extends Pick<OverviewProps, 'search' | 'onSearch'> {
  readonly summary: Summary;
  readonly zone: TimeZone;
}

function Counts({ summary, zone, search, onSearch }: CountsProps) {
  const [isTable, setIsTable] = useState(false);
  const bars = useMemo(() => toBars(summary), [summary]);
  const chart = {
    bars,
    interval: summary.interval,
    zone,
    onRange: (range: Search['range']) => onSearch({ ...search, range }),
  };
  const hasEntries = bars.some((bar) => sizeOf(bar) + bar.previous > 0);
  return (
    <div className={styles.columns}>
      <section className={styles.histogram} aria-labelledby="overview-time">
        <div className={styles.histogramHeader}>
          <h3 className={styles.listTitle} id="overview-time">
            Over time
          </h3>
          <Toggle checked={isTable} onChange={({ detail }) => setIsTable(detail.checked)}>
            Table
          </Toggle>
        </div>
        {!hasEntries && <p className={styles.note}>No entries in this range or in the previous period.</p>}
        {hasEntries && (isTable ? <HistogramTable {...chart} /> : <Histogram {...chart} />)}
      </section>
      {overviewLists.map((name, place) => {
        const list = summary.topLists?.[place];
        return (
          list && (
            <TopList
              key={name}
              name={name}
              list={list}
              filters={search.filters}
              onFilters={(filters) => onSearch({ ...search, filters })}
            />
          )
        );
      })}
    </div>
  );
}
