// A panel beside or below the content of the page. The user resizes and moves it, and the browser remembers both.
import Button from '@cloudscape-design/components/button';
import { type ReactNode, useEffect, useId } from 'react';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import styles from './layout.module.css';
import { boundsOf, clampSize } from './panel-size.ts';
import { ResizeHandle } from './resize-handle.tsx';
import { useWindowSize } from './use-window-size.ts';

export interface ResizablePanelProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Renders the panel. It must be the `panel` of a `PageLayout`. */
export function ResizablePanel({ title, closeLabel, onClose, children }: ResizablePanelProps) {
  const { panelPosition: position, panelSizes } = usePreferences();
  const { width, height } = useWindowSize();
  const id = useId();
  const isSide = position === 'side';
  const windowSize = isSide ? width : height;
  const size = clampSize(panelSizes[position], boundsOf(position, windowSize));
  useScrollPadding(isSide ? undefined : size);
  return (
    <section
      id={id}
      className={isSide ? styles.side : styles.bottom}
      style={isSide ? { inlineSize: size } : { blockSize: size }}
      aria-labelledby={`${id}-title`}
    >
      <ResizeHandle
        position={position}
        size={size}
        windowSize={windowSize}
        panelId={id}
        onResize={(next) => changePreferences({ panelSizes: { ...panelSizes, [position]: next } })}
      />
      <div className={styles.scroll}>
        <div className={styles.panelHeader}>
          <h2 id={`${id}-title`} className={styles.panelTitle}>
            {title}
          </h2>
          <Button
            variant="icon"
            iconName={isSide ? 'view-horizontal' : 'view-vertical'}
            ariaLabel={isSide ? 'Move panel to the bottom' : 'Move panel to the side'}
            onClick={() => changePreferences({ panelPosition: isSide ? 'bottom' : 'side' })}
          />
          <Button variant="icon" iconName="close" ariaLabel={closeLabel} onClick={onClose} />
        </div>
        <div className={styles.panelContent}>{children}</div>
      </div>
    </section>
  );
}

/** Keeps elements that the page scrolls to above a panel at the bottom. */
function useScrollPadding(size: number | undefined): void {
  useEffect(() => {
    const { style } = document.documentElement;
    style.scrollPaddingBlockEnd = size === undefined ? '' : `${size}px`;
    return () => {
      style.scrollPaddingBlockEnd = '';
    };
  }, [size]);
}
