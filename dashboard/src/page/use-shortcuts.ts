// Listens for the keys of the page.
import { useEffect, useEffectEvent } from 'react';
import { findShortcut, type ShortcutName } from './shortcuts.ts';

/** Where keys are somebody's text, or choose in a menu or dialog. */
const takesKeys =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]';

export function useShortcuts(actions: Readonly<Record<ShortcutName, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isTyping = event.target instanceof Element && event.target.closest(takesKeys) !== null;
    const isDialogOpen = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
    const name = isDialogOpen ? undefined : findShortcut(event, isTyping);
    if (name === undefined) return;
    event.preventDefault();
    actions[name]();
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
