// Listens for the page's keyboard shortcuts.
import { useEffect, useEffectEvent } from 'react';
import { findShortcut, type KeyPlace, type ShortcutName } from './shortcuts.ts';

/** Elements that handle keys themselves: inputs, dialogs and menus. */
const takesKeys =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]';

const filterText = 'search [role="combobox"]';

function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'page';
  if (target.matches(filterText)) return 'filter';
  return target.closest(takesKeys) === null ? 'page' : 'other-input';
}

export function useShortcuts(actions: Readonly<Record<ShortcutName, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isDialogOpen = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
    const name = isDialogOpen ? undefined : findShortcut(event, placeOf(event.target));
    if (name === undefined) return;
    event.preventDefault();
    actions[name]();
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
