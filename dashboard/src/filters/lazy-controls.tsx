// Controls above the list that load on demand, at the same time as the first entries. Their places keep their height.
import type { ReactNode } from 'react';
import { lazyComponent } from '../loading/lazy-component.tsx';
import type { EntryFilterProps } from './entry-filter.tsx';
import styles from './filters.module.css';
import type { TimeRangePickerProps } from './time-range-picker.tsx';

export const EntryFilter = lazyComponent<EntryFilterProps>(() => import('./entry-filter.tsx'), Place);

export const TimeRangePicker = lazyComponent<TimeRangePickerProps>(
  () => import('./time-range-picker.tsx'),
  Place,
);

function Place({ children }: { readonly children: ReactNode }) {
  return <div className={styles.place}>{children}</div>;
}
