// The histogram of the range. Drag over it to set the range, or use the arrow keys, Shift, and Enter.
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { Summary } from '../../../core/counts/summary.ts';
import type { TimeRange } from '../search/search.ts';
import type { TimeZone } from '../time/format-time.ts';
import { type Bar, findBar, roundUp, segmentNames, sizeOf, toRange } from './histogram-bars.ts';
import styles from './overview.module.css';
import { describeBar, formatBar, formatNumber, segmentLabels } from './overview-text.ts';

export interface HistogramProps {
  readonly bars: readonly Bar[];
  readonly interval: Summary['interval'];
  readonly zone: TimeZone;
  readonly onRange: (range: TimeRange) => void;
}

/** The bars from `anchor` to `active` are selected. */
interface Selection {
  readonly anchor: number;
  readonly active: number;
  /** Whether the pointer is down. */
  readonly isDragging: boolean;
}

export function Histogram({ bars, interval, zone, onRange }: HistogramProps) {
  const [selection, setSelection] = useState<Selection>();
  const count = bars.length;
  const active = Math.min(selection?.active ?? count - 1, count - 1);
  const anchor = Math.min(selection?.anchor ?? active, count - 1);
  const most = roundUp(Math.max(...bars.map(sizeOf)));
  const bar = bars[active] as Bar;
  const placeOf = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return findBar(count, (event.clientX - left) / width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -count, End: count };
    const step = steps[event.key];
    if (event.key === 'Enter') onRange(toRange(bars, anchor, active));
    else if (event.key === 'Escape' && selection !== undefined) setSelection(undefined);
    else if (step !== undefined) {
      const next = Math.min(count - 1, Math.max(0, active + step));
      setSelection({ anchor: event.shiftKey ? anchor : next, active: next, isDragging: false });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [first, last] = [Math.min(anchor, active), Math.max(anchor, active)];
  return (
    <div className={styles.chart}>
      <span className={styles.most} aria-hidden="true">
        {formatNumber(most)}
      </span>
      <div
        className={styles.bars}
        role="slider"
        tabIndex={0}
        aria-label="Entries over time. Select with the arrow keys and Shift, and press Enter to set the time range."
        aria-valuemin={0}
        aria-valuemax={count - 1}
        aria-valuenow={active}
        aria-valuetext={`${formatBar(bar, interval, zone)}: ${describeBar(bar)}`}
        onKeyDown={onKeyDown}
        onBlur={() => setSelection(undefined)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const place = placeOf(event);
          setSelection({ anchor: place, active: place, isDragging: true });
        }}
        onPointerMove={(event) => {
          const place = placeOf(event);
          setSelection((now) => ({
            anchor: now?.isDragging ? now.anchor : place,
            active: place,
            isDragging: now?.isDragging ?? false,
          }));
        }}
        onPointerUp={(event) => {
          if (selection?.isDragging) onRange(toRange(bars, selection.anchor, placeOf(event)));
          setSelection(undefined);
        }}
        onPointerCancel={() => setSelection(undefined)}
        onPointerLeave={() => !selection?.isDragging && setSelection(undefined)}
      >
        <svg className={styles.picture} aria-hidden="true">
          {selection && (
            <rect
              className={styles.selection}
              x={`${(first / count) * 100}%`}
              width={`${((last - first + 1) / count) * 100}%`}
              height="100%"
            />
          )}
          {bars.map((one, place) => (
            <Segments key={one.fromMillis} bar={one} place={place} count={count} most={most} />
          ))}
        </svg>
      </div>
      <div className={styles.axis} aria-hidden="true">
        <span>{formatBar(bars[0] as Bar, interval, zone)}</span>
        <span>{selection && `${formatSelection(bars, first, last, interval, zone)}`}</span>
        <span>{formatBar(bars[count - 1] as Bar, interval, zone)}</span>
      </div>
      <ul className={styles.legend} aria-hidden="true">
        {segmentNames.map((name) => (
          <li key={name}>
            <span className={`${styles.swatch} ${styles[name]}`} /> {segmentLabels[name]}
          </li>
        ))}
      </ul>
    </div>
  );
}

function formatSelection(
  bars: readonly Bar[],
  first: number,
  last: number,
  interval: Summary['interval'],
  zone: TimeZone,
): string {
  const [start, end] = [bars[first] as Bar, bars[last] as Bar];
  if (first === last) return `${formatBar(start, interval, zone)}: ${describeBar(start)}`;
  return `${formatBar(start, interval, zone)} to ${formatBar(end, interval, zone)}`;
}

interface SegmentsProps {
  readonly bar: Bar;
  readonly place: number;
  readonly count: number;
  readonly most: number;
}

function Segments({ bar, place, count, most }: SegmentsProps) {
  const gap = count > 150 ? 0 : 0.15;
  let below = 0;
  return segmentNames.map((name) => {
    const height = (bar.segments[name] / most) * 100;
    below += height;
    return height === 0 ? null : (
      <rect
        key={name}
        className={styles[name]}
        x={`${((place + gap / 2) / count) * 100}%`}
        width={`${((1 - gap) / count) * 100}%`}
        y={`${100 - below}%`}
        height={`${height}%`}
      />
    );
  });
}
