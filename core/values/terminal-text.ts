// Escapes text from files and servers for output on a terminal.
export {
  escapeUnsafe as escapeForTerminal,
  escapeUnsafeJson as escapeJsonForTerminal,
} from './visible-text.ts';
