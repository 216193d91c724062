// The keys of the page, and when they are not meant for it.

export type ShortcutName = 'filter' | 'list' | 'next' | 'previous' | 'close' | 'help';

/** What the help says; Enter opens because names are links. */
export const shortcuts: readonly {
  readonly name?: ShortcutName;
  readonly keys: readonly string[];
  readonly what: string;
}[] = [
  { name: 'filter', keys: ['/'], what: 'Go to the filter' },
  { keys: ['Escape'], what: 'In the filter: close the suggestions, clear the text, then go to the list' },
  { name: 'next', keys: ['j'], what: 'Next entry' },
  { name: 'previous', keys: ['k'], what: 'Previous entry' },
  { keys: ['Enter'], what: 'Open the entry' },
  { name: 'close', keys: ['Escape'], what: 'Close the entry' },
  { name: 'help', keys: ['?'], what: 'This help' },
];

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
}

/** Where a key is pressed: in the filter's text, where something else takes keys, or anywhere else on the page. */
export type KeyPlace = 'filter' | 'taken' | 'page';

/**
 * The shortcut that a key stands for; none while somebody types or with a key that belongs to the browser. Escape leaves
 * the filter: it keeps to itself those that close its suggestions or clear its text.
 */
export function findShortcut(press: KeyPress, place: KeyPlace): ShortcutName | undefined {
  if (place === 'filter') return press.key === 'Escape' ? 'list' : undefined;
  if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (place === 'taken') return undefined;
  return shortcuts.find(({ name, keys }) => name !== undefined && keys.includes(press.key))?.name;
}
