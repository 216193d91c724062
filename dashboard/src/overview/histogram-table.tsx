// The histogram as a table, for users who cannot use the chart. Each time is a link that sets the range.
import Link from '@cloudscape-design/components/link';
import type { HistogramProps } from './histogram.tsx';
import type { Bar } from './histogram-bars.ts';
import { segmentNames, sizeOf, toRange } from './histogram-bars.ts';
import styles from './overview.module.css';
import { formatBar, formatNumber, segmentLabels } from './overview-text.ts';

export function HistogramTable({ bars, interval, zone, onRange }: HistogramProps) {
  const rows = bars
    .map((bar, place) => [bar, place] as const)
    .filter(([bar]) => sizeOf(bar) + bar.previous > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.tableFrame} tabIndex={0} aria-label="Entries over time">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {segmentNames.map((name) => (
              <th key={name} scope="col">
                {segmentLabels[name]}
              </th>
            ))}
            <th scope="col">Previous period</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([bar, place]) => (
            <tr key={bar.fromMillis}>
              <th scope="row">
                <Link onFollow={() => onRange(toRange(bars, place, place))}>
                  {formatBar(bar, interval, zone)}
                </Link>
              </th>
              <Numbers bar={bar} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Numbers({ bar }: { readonly bar: Bar }) {
  return (
    <>
      {segmentNames.map((name) => (
        <td key={name}>{formatNumber(bar.segments[name])}</td>
      ))}
      <td>{formatNumber(bar.previous)}</td>
    </>
  );
}
