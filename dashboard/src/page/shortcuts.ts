// The keys of the page, and when they are not meant for it.

export type ShortcutName = 'filter' | 'next' | 'previous' | 'close' | 'help';

/** What the help says; Enter opens because names are links. */
export const shortcuts: readonly {
  readonly name?: ShortcutName;
  readonly keys: readonly string[];
  readonly what: string;
}[] = [
  { name: 'filter', keys: ['/'], what: 'Go to the filter' },
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

/** The shortcut that a key stands for; none while somebody types or with a key that belongs to the browser. */
export function findShortcut(press: KeyPress, isTyping: boolean): ShortcutName | undefined {
  if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey || isTyping) return undefined;
  return shortcuts.find(({ keys }) => keys.includes(press.key))?.name;
}
