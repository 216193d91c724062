// Sizes of the panel beside or below the list, in CSS pixels. Pure: the component applies them.

export type PanelPosition = 'side' | 'bottom';

/** The least width or height of the panel. */
const minPanel = { side: 320, bottom: 160 } as const;
/** What the list keeps beside or above the panel. */
const minList = { side: 280, bottom: 240 } as const;
const step = 10;
const largeStep = 60;
/** Shares of the window that a click on the handle chooses in turn. */
const presets = [1 / 3, 1 / 2, 2 / 3] as const;

export interface PanelBounds {
  readonly min: number;
  readonly max: number;
}

/** Returns the least and the greatest size of the panel in a window with this width or height. */
export function boundsOf(position: PanelPosition, windowSize: number): PanelBounds {
  const min = minPanel[position];
  return { min, max: Math.max(min, windowSize - minList[position]) };
}

export function clampSize(size: number, { min, max }: PanelBounds): number {
  return Math.round(Math.min(Math.max(size, min), max));
}

/**
 * Returns the size after a key press on the handle, or `undefined` for another key. Arrow keys move the handle: to the left
 * and up is larger, because the panel is at the right or at the bottom.
 */
export function sizeAfterKey(key: string, size: number, bounds: PanelBounds): number | undefined {
  const sizes = new Map([
    ['ArrowLeft', size + step],
    ['ArrowUp', size + step],
    ['ArrowRight', size - step],
    ['ArrowDown', size - step],
    ['PageUp', size + largeStep],
    ['PageDown', size - largeStep],
    ['Home', bounds.min],
    ['End', bounds.max],
  ]);
  const next = sizes.get(key);
  return next === undefined ? undefined : clampSize(next, bounds);
}

/** Returns the next larger preset, or the smallest one after the largest. */
export function nextPreset(size: number, windowSize: number, bounds: PanelBounds): number {
  const sizes = presets.map((share) => clampSize(share * windowSize, bounds));
  return sizes.find((one) => one > size) ?? sizes[0] ?? size;
}
