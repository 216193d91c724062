// Moves the focus between the rows of the list, and opens an entry on a click anywhere in its row.
import { useEffect, useEffectEvent } from 'react';

const entryLinks = 'table a[href^="/entries/"]';

function links(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(entryLinks)];
}

/** Moves the focus to the next (1) or previous (-1) row, or to the first row if no row has the focus. */
export function moveRowFocus(step: 1 | -1): void {
  const all = links();
  const row = document.activeElement?.closest('tr');
  const at = all.findIndex((link) => row?.contains(link));
  const next = at === -1 ? all[0] : all[at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** Focuses the row of this entry, if it is in the list. */
export function focusRow(id: string): void {
  linkTo(id)?.focus();
}

/** Scrolls the row of this entry into view, if it is in the list. Does not move the focus. */
export function showRow(id: string): void {
  linkTo(id)?.closest('tr')?.scrollIntoView({ block: 'nearest' });
}

function linkTo(id: string): HTMLElement | undefined {
  return links().find((link) => link.getAttribute('href')?.startsWith(`/entries/${id}`));
}

/** Focuses the row of the open entry, or the first row. Without rows, removes the focus from the current element. */
export function focusList(openId: string | undefined): void {
  const before = document.activeElement;
  if (openId !== undefined) focusRow(openId);
  if (document.activeElement === before) links()[0]?.focus();
  if (document.activeElement === before && before instanceof HTMLElement) before.blur();
}

/** Opens the entry of a clicked row, unless the click selects text or is on another control. */
export function useRowClick(): void {
  const onClick = useEffectEvent((event: MouseEvent) => {
    const { target, button, ctrlKey, metaKey, shiftKey } = event;
    if (!(target instanceof Element) || button !== 0 || ctrlKey || metaKey || shiftKey) return;
    if (target.closest('a, button, input, label') || window.getSelection()?.type === 'Range') return;
    target.closest('tr')?.querySelector<HTMLElement>('a[href^="/entries/"]')?.click();
  });
  useEffect(() => {
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);
}
