// Renders the text of --help.
import { type CommandName, commandNames, type OptionRule, optionRules } from './options.ts';

const summaries: Readonly<Record<CommandName, { readonly usage: string; readonly text: string }>> = {
  list: {
    usage: '[list] [options]',
    text: `Lists entries, newest first, as a table or JSON. If there are more entries, prints the command to continue.`,
  },
  show: {
    usage: 'show ID [options]',
    text: 'Shows one entry: who made the change, when, where, with which role, and what changed.',
  },
  history: {
    usage: 'history TARGET [options]',
    text: `Shows the history of one service or resource by its ID: every action under all its names, its lives from creation to
deletion, and gaps, which are changes that no entry describes. With --at, shows the state at a moment. With --diff, shows
what changed between two moments. If several targets have the ID, prints the options that select one.`,
  },
  follow: {
    usage: 'follow [options]',
    text: `Prints new entries as they arrive, until you press Ctrl-C. Each entry is printed once. To include entries that arrive
late or out of order, each poll searches the last minute again, each minute a poll searches the last 15 minutes, and every
5 minutes the last day. \`late\` marks an entry that belongs before lines already printed. An entry that appears more than
a day after it occurred is not printed; use \`list\` to find it. With --exact, prints the sealed log instead: no entry is
missed or repeated, however its action was dated. With --since-cursor FILE, a later run continues where this one stopped.`,
  },
  export: {
    usage: 'export [options]',
    text: `Writes every entry in the range to a file or to standard output. The file is named FILE.part until the export is
complete. To resume an interrupted export, run the same command again. In CSV, a value that a spreadsheet would run as
a formula is prefixed with an apostrophe. NDJSON keeps values exact. Requires the permission request-logs:export.
With --since-cursor FILE, exports only what was sealed since the last export with this file.`,
  },
  summary: {
    usage: 'summary [options]',
    text: `Counts entries: what was done, what was denied, and with --compare the same numbers of the previous period. Continues
until the numbers are exact, or prints how far it counted. A range that is exactly a calendar day, week, month, quarter or
year is compared with the previous one, and any other range with the period of the same length before it.`,
  },
  verify: {
    usage: 'verify [options]',
    text: `Verifies entries against the sealed log: that each is in the log, exactly as the API shows it, and that nothing was
removed from the log. Without a filter, verifies every entry. The first run pins the log's key and keeps the checkpoint; later runs
fail if the key changed or the log does not continue that checkpoint. With --all, verifies every place in the log instead:
that no entry is missing, added or out of order. With --witness, the log must also continue what that witness cosigned.
Exits with 1 if anything does not verify.`,
  },
  evidence: {
    usage: 'evidence (--id ID ... | --from TIME --to TIME) -o FILE.zip [options]',
    text: `Writes entries with their proofs to a zip archive that anyone can verify without the API. It contains a page that
verifies everything in a browser without a network connection, and two commands that verify it with third-party tools. At most
10,000 entries. Only you can read the file. Exits with 1 if anything in it does not verify.`,
  },
};

const examples: Readonly<Record<CommandName, readonly string[]>> = {
  list: [
    '--from 24h --verdict VIOLATION,DENIED',
    '--resource orders-d --action UPDATE --all',
    "--user '!u-2077' --resource 'orders*'",
    "--view 'Denied in prod' --from 24h",
  ],
  show: ['show 01M7ZYHQ8XW9PF4D2T6R3K5N1C'],
  history: [
    'history res-2b71',
    'history res-2b71 --at 2026-11-05T16:40:00Z',
    'history res-2b71 --diff 2026-11-01 2026-11-30',
  ],
  follow: ['follow --environment prod', 'follow --exact --since-cursor position.json --ndjson'],
  export: [
    'export --from 2026-11-01 --to 2026-11-30 --spreadsheet --output november.csv',
    'export --resource orders-d --columns full --output orders-d.ndjson',
    'export --since-cursor position.json --output new.ndjson',
  ],
  summary: [
    'summary --group-by user --from 7d --compare',
    'summary --group-by time,action --from 2026-11-01 --environment prod',
    'summary --group-by user --verdict DENIED --order-by denied',
  ],
  verify: [
    'verify --from 7d',
    'verify --all',
    'verify --bucket ./copy --organization acme --key acme.key',
    'verify --entry 01M7ZYHQ8XW9PF4D2T6R3K5N1C --since checkpoint.txt',
    'verify --from 7d --witness witness.example.com+52d08885+BJGTB8EkWiTYiA6HvQ2J/813K7Tx3qJTCOTllxIWQgfX',
  ],
  evidence: [
    'evidence --id 01M7ZYHQ8XW9PF4D2T6R3K5N1C -o evidence.zip',
    'evidence --from 2026-11-01 --to 2026-11-30 --verdict VIOLATION -o november.zip',
  ],
};

/** Returns the help for one command, or the general help. `program` is the command name as the user typed it. */
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
    'Search the MayaOps request logs: see who changed which service or resource, and when.',
    '',
    'Commands:',
    ...commandNames.map((name) => `  ${name.padEnd(9)} ${firstSentence(summaries[name].text)}`),
    '',
    `For help with a command, run: ${program} COMMAND --help`,
    '',
    'Without a command, entries are listed with these options:',
    '',
    ...optionLines('list'),
    ...exampleLines(program, ...commandNames),
  ].join('\n');
}

const grammarLines = [
  "  '!VALUE' excludes a value. 'VALUE*' matches every value that starts with it, for user, resource, service, target, type",
  '  and environment. Write \\*, \\!, \\, and \\\\ for the characters themselves, and quote them for your shell.',
];

function firstSentence(text: string): string {
  return `${text.replaceAll('\n', ' ').split('. ')[0]?.replace(/\.$/, '')}.`;
}

function optionLines(command: CommandName): string[] {
  const rules = Object.entries(optionRules).filter(([, { commands }]) => commands.includes(command));
  const groups = [...new Set(rules.map(([, { group }]) => group))];
  const hasGrammar = command !== 'history';
  const filterTitle = hasGrammar
    ? 'Filters (repeat a filter or separate its values with commas):'
    : 'Filters (if several targets have the ID):';
  return groups.flatMap((group) => [
    group === 'Filters' ? filterTitle : `${group}:`,
    ...rules.filter(([, rule]) => rule.group === group).map(([name, rule]) => optionLine(name, rule)),
    ...(group === 'Filters' && hasGrammar ? ['', ...grammarLines] : []),
    '',
  ]);
}

function optionLine(name: string, { value, help }: OptionRule): string {
  return `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(20)} ${help}`;
}

function exampleLines(program: string, ...commands: readonly CommandName[]): string[] {
  return ['Examples:', ...commands.flatMap((name) => examples[name]).map((line) => `  ${program} ${line}`)];
}
