// The page's keyboard shortcuts, and when they apply.

export type ShortcutName = 'filter' | 'list' | 'next' | 'previous' | 'close' | 'help';

/** Shown in the help. Keys without a name are handled by the browser or the filter itself. */
export const shortcuts: readonly {
  readonly name?: ShortcutName;
  readonly keys: readonly string[];
  readonly what: string;
}[] = [
  { name: 'filter', keys: ['/'], what: 'Go to the filter' },
  { keys: ['Escape'], what: 'In the filter: close suggestions, then clear the text, then go to the list' },
  { name: 'next', keys: ['j'], what: 'Next entry' },
  { name: 'previous', keys: ['k'], what: 'Previous entry' },
  { keys: ['Enter'], what: 'Open the entry' },
  { name: 'close', keys: ['Escape'], what: 'Close the entry' },
  { name: 'help', keys: ['?'], what: 'Open this help' },
];

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
}

/** Where a key is pressed: in the filter's input, in another element that handles keys, or elsewhere on the page. */
export type KeyPlace = 'filter' | 'other-input' | 'page';

/**
 * Returns the shortcut for a key press, or `undefined` if the user is typing or the key belongs to the browser. In the
 * filter, only an Escape that the filter does not handle itself is a shortcut: it leaves the filter.
 */
export function findShortcut(press: KeyPress, place: KeyPlace): ShortcutName | undefined {
  if (place === 'filter') return press.key === 'Escape' ? 'list' : undefined;
  if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (place === 'other-input') return undefined;
  return shortcuts.find(({ name, keys }) => name !== undefined && keys.includes(press.key))?.name;
}
