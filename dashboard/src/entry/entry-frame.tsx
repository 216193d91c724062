// The frame of the open entry: a panel beside or below the list, or the entire screen if it is narrow.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { type ReactNode, useId } from 'react';
import { ResizablePanel } from '../layout/resizable-panel.tsx';
import styles from './entry-frame.module.css';

export interface EntryFrameProps {
  readonly title: string;
  readonly isNarrow: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function EntryFrame({ title, isNarrow, onClose, children }: EntryFrameProps) {
  const titleId = useId();
  if (!isNarrow) {
    return (
      <ResizablePanel title={title} closeLabel="Close entry" onClose={onClose}>
        {children}
      </ResizablePanel>
    );
  }
  return (
    <section className={styles.screen} aria-labelledby={titleId}>
      <div className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <Button variant="icon" iconName="close" ariaLabel="Close entry" onClick={onClose} />
      </div>
      <Box padding="l">{children}</Box>
    </section>
  );
}
