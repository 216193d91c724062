// What --help says.
import { type CommandName, commandNames, type OptionRule, optionRules } from './options.ts';

const summaries: Readonly<Record<CommandName, { readonly usage: string; readonly text: string }>> = {
  list: {
    usage: '[list] [options]',
    text: `Lists entries, newest first, as a table or JSON. Says so when there is more, and how to go on.`,
  },
  show: {
    usage: 'show ID [options]',
    text: 'Shows one entry: who, when, where, by which role, and what changed.',
  },
  follow: {
    usage: 'follow [options]',
    text: `Prints entries as they come, each once, until Ctrl-C. Every few seconds it looks at the last 15 minutes again, so
that nothing is missed that comes late or out of order; \`late\` marks what belongs before lines already printed. What
is recorded later than --window after it happened is not seen here; \`list\` finds it.`,
  },
  export: {
    usage: 'export [options]',
    text: `Writes every entry of the range to a file or to standard output. A file is written as FILE.part and gets its name
once it is whole; when an export was interrupted, the same command goes on with it. CSV is made for spreadsheets: what
one would run as a formula gets an apostrophe before it. NDJSON is exact. Needs the permission request-logs:export.`,
  },
};

const examples: Readonly<Record<CommandName, readonly string[]>> = {
  list: ['--from 24h --verdict VIOLATION,DENIED', '--resource orders-d --action UPDATE --all'],
  show: ['show 01M7ZYHQ8XW9PF4D2T6R3K5N1C'],
  follow: ['follow --environment prod'],
  export: ['export --from 2026-11-01 --to 2026-11-30 --output november.csv'],
};

/** Help on one command, or on all. `program` is how the user called it. */
export function helpText(program: string, command?: CommandName): string {
  if (command !== undefined) {
    const { usage, text } = summaries[command];
    return [
      `Usage: ${program} ${usage}`,
      '',
      text,
      '',
      ...optionLines(command),
      ...exampleLines(program, command),
    ].join('\n');
  }
  return [
    `Usage: ${program} [command] [options]`,
    '',
    'Who did what to which service or resource, from the MayaOps request logs.',
    '',
    'Commands:',
    ...commandNames.map((name) => `  ${name.padEnd(8)} ${firstSentence(summaries[name].text)}`),
    '',
    `Help on a command: ${program} COMMAND --help. Without a command:`,
    '',
    ...optionLines('list'),
    ...exampleLines(program, ...commandNames),
  ].join('\n');
}

function firstSentence(text: string): string {
  return `${text.replaceAll('\n', ' ').split('. ')[0]?.replace(/\.$/, '')}.`;
}

function optionLines(command: CommandName): string[] {
  const rules = Object.entries(optionRules).filter(([, { commands }]) => commands.includes(command));
  const groups = [...new Set(rules.map(([, { group }]) => group))];
  return groups.flatMap((group) => [
    group === 'Which entries' ? `${group} (filters may be repeated or comma-separated):` : `${group}:`,
    ...rules.filter(([, rule]) => rule.group === group).map(([name, rule]) => optionLine(name, rule)),
    '',
  ]);
}

function optionLine(name: string, { value, help }: OptionRule): string {
  return `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(20)} ${help}`;
}

function exampleLines(program: string, ...commands: readonly CommandName[]): string[] {
  return ['Examples:', ...commands.flatMap((name) => examples[name]).map((line) => `  ${program} ${line}`)];
}
