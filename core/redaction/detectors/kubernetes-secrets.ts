// The values of a Kubernetes Secret in YAML text.
import type { Span } from '../text/spans.ts';

const kind = /^[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?Secret\b/m;
const section = /^(?<indent>[ \t]*)(?:data|stringData)[ \t]*:[ \t]*\r?$/gm;
const line = /(?<indent>[ \t]*)(?<rest>[^\r\n]*)(?:\r?\n|$)/y;
const member = /^["']?[\w.-]{1,253}["']?[ \t]*:[ \t]*(?:[|>][-+\d]{0,3}[ \t]*$)?/;

/** The values below `data` and `stringData`, a line at a time; their keys stay readable. */
export function findKubernetesSecrets(text: string): Span[] {
  if (!text.includes('Secret') || !kind.test(text)) return [];
  return Array.from(text.matchAll(section)).flatMap((match) => {
    const indent = match.groups?.indent?.length ?? 0;
    return findValues(text, match.index + match[0].length + 1, indent);
  });
}

function findValues(text: string, start: number, outerIndent: number): Span[] {
  const spans: Span[] = [];
  let memberIndent: number | undefined;
  line.lastIndex = start;
  while (line.lastIndex < text.length) {
    const lineStart = line.lastIndex;
    const { indent = '', rest = '' } = line.exec(text)?.groups ?? {};
    if (rest === '') continue;
    if (indent.length <= outerIndent) break;
    memberIndent ??= indent.length;
    const nameLength = indent.length === memberIndent ? (member.exec(rest)?.[0].length ?? 0) : 0;
    const valueStart = lineStart + indent.length + nameLength;
    const value = rest
      .slice(nameLength)
      .trimEnd()
      .replace(/^(["'])(.*)\1$/, '$2');
    const offset = rest.slice(nameLength).indexOf(value);
    if (value !== '') spans.push({ start: valueStart + offset, end: valueStart + offset + value.length });
  }
  return spans;
}
