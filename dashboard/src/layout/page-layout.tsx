// The layout of a page: the top bar, notices, the content, and a panel beside or below it. Replaces Cloudscape's AppLayout,
// which adds 90 KB of JavaScript to the first load for parts that this page does not have.
import type { ReactNode } from 'react';
import styles from './layout.module.css';

export interface PageLayoutProps {
  readonly topBar: ReactNode;
  /** Shown above the content. */
  readonly notices: ReactNode;
  /** A `ResizablePanel`. */
  readonly panel?: ReactNode;
  /** Limits the width of the content to that of text. @default false */
  readonly isText?: boolean;
  readonly children: ReactNode;
}

export function PageLayout({ topBar, notices, panel, isText = false, children }: PageLayoutProps) {
  return (
    <div className={styles.page}>
      <div className={styles.topBar}>{topBar}</div>
      <div className={styles.columns}>
        <main className={styles.main}>
          <div className={isText ? styles.text : undefined}>
            {notices}
            {children}
          </div>
        </main>
        {panel}
      </div>
    </div>
  );
}
