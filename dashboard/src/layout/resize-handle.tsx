// The handle that resizes the panel: by dragging, with the keyboard, or by clicking, which needs no dragging.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import styles from './layout.module.css';
import { boundsOf, clampSize, nextPreset, type PanelPosition, sizeAfterKey } from './panel-size.ts';

export interface ResizeHandleProps {
  readonly position: PanelPosition;
  /** Size of the panel, in CSS pixels. */
  readonly size: number;
  /** Width of the window for a panel at the side, or height for one at the bottom. */
  readonly windowSize: number;
  /** The ID of the panel. */
  readonly panelId: string;
  readonly onResize: (size: number) => void;
}

/** A press that moves less than this many CSS pixels is a click. */
const clickTolerance = 3;

export function ResizeHandle({ position, size, windowSize, panelId, onResize }: ResizeHandleProps) {
  const drag = useRef<{ readonly from: number; readonly size: number; hasMoved: boolean }>(undefined);
  const bounds = boundsOf(position, windowSize);
  const placeOf = ({ clientX, clientY }: PointerEvent) => (position === 'side' ? clientX : clientY);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: placeOf(event), size, hasMoved: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = drag;
    if (current === undefined) return;
    const distance = current.from - placeOf(event);
    if (Math.abs(distance) >= clickTolerance) current.hasMoved = true;
    if (current.hasMoved) onResize(clampSize(current.size + distance, bounds));
  };
  const onPointerUp = () => {
    const { current } = drag;
    drag.current = undefined;
    if (current !== undefined && !current.hasMoved) onResize(nextPreset(size, windowSize, bounds));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next =
      event.key === 'Enter' ? nextPreset(size, windowSize, bounds) : sizeAfterKey(event.key, size, bounds);
    if (next === undefined) return;
    event.preventDefault();
    onResize(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved
    <div
      className={styles.handle}
      role="separator"
      tabIndex={0}
      aria-label="Resize panel"
      aria-controls={panelId}
      aria-orientation={position === 'side' ? 'vertical' : 'horizontal'}
      aria-valuemin={bounds.min}
      aria-valuemax={bounds.max}
      aria-valuenow={size}
      aria-valuetext={`${size} pixels`}
      title="Drag, use the arrow keys, or click for the next size"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
