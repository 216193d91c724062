// The rows of the list in the document: moving the focus between them, and opening one by a click anywhere on it.
import { useEffect, useEffectEvent } from 'react';

const entryLinks = 'table a[href^="/entries/"]';

function links(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(entryLinks)];
}

/** Moves the focus to the next (1) or previous (-1) row; from elsewhere to the first one. */
export function moveRowFocus(step: 1 | -1): void {
  const all = links();
  const row = document.activeElement?.closest('tr');
  const at = all.findIndex((link) => row?.contains(link));
  const next = at === -1 ? all[0] : all[at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** Puts the focus on the row of this entry, if it is in the list. */
export function focusRow(id: string): void {
  linkTo(id)?.focus();
}

/** Brings the row of this entry into sight, if it is in the list; the focus stays. */
export function showRow(id: string): void {
  linkTo(id)?.closest('tr')?.scrollIntoView({ block: 'nearest' });
}

function linkTo(id: string): HTMLElement | undefined {
  return links().find((link) => link.getAttribute('href')?.startsWith(`/entries/${id}`));
}

/** Puts the focus on the row of the entry that is open, else on the first; with no row it leaves where it was. */
export function focusList(openId: string | undefined): void {
  const before = document.activeElement;
  if (openId !== undefined) focusRow(openId);
  if (document.activeElement === before) links()[0]?.focus();
  if (document.activeElement === before && before instanceof HTMLElement) before.blur();
}

/** Follows the link of a row when somebody clicks beside it; not when they select text or use another control. */
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
