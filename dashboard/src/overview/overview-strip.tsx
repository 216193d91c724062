// The strip above the list, a native element to keep the first load of the page small. Its content is loaded after the
// first entries, and only while the strip is open.
import type { ReactNode } from 'react';
import { lazyComponent } from '../loading/lazy-component.tsx';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import type { OverviewProps } from './overview.tsx';
import styles from './overview-strip.module.css';

const Overview = lazyComponent<OverviewProps>(() => import('./overview.tsx'), Place);

function Place({ children }: { readonly children: ReactNode }) {
  return <div className={styles.place}>{children}</div>;
}

export interface OverviewStripProps extends OverviewProps {
  /** Whether the first entries are shown. */
  readonly isReady: boolean;
}

/** Shows the counts of the search. The browser remembers whether the strip is open. */
export function OverviewStrip({ isReady, ...props }: OverviewStripProps) {
  const { isOverviewOpen } = usePreferences();
  return (
    <details
      className={styles.strip}
      open={isOverviewOpen}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== isOverviewOpen) changePreferences({ isOverviewOpen: currentTarget.open });
      }}
    >
      <summary className={styles.summary}>
        <h2 className={styles.title}>Overview</h2>
      </summary>
      {isOverviewOpen && (isReady ? <Overview {...props} /> : <Place>{null}</Place>)}
    </details>
  );
}
