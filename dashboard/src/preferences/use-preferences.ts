// The preferences of this browser, shared between tabs.
import { useSyncExternalStore } from 'react';
import { type Preferences, parsePreferences } from './preferences.ts';

const storageKey = 'request-logs:preferences';
const listeners = new Set<() => void>();
let current = parsePreferences(readStored());

/** If the browser blocks storage, the preferences last until the page is closed. */
function readStored(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function onStorage({ key, newValue }: StorageEvent): void {
  if (key !== storageKey) return;
  current = parsePreferences(newValue);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('storage', onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('storage', onStorage);
  };
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

/** Changes some preferences and stores them. */
export function changePreferences(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  try {
    window.localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // See readStored.
  }
  for (const listener of listeners) listener();
}
