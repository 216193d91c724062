// Text for a terminal: whatever comes from a file or a server is made unable to act on it.
export {
  escapeUnsafe as escapeForTerminal,
  escapeUnsafeJson as escapeJsonForTerminal,
} from './visible-text.ts';
