// Detects screens that are too narrow for columns.
import { useSyncExternalStore } from 'react';

/** Up to this width, in CSS pixels, an entry is one cell, and the open entry is below the list. */
const narrow = window.matchMedia('(max-width: 688px)');

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}
