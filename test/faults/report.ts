// Formats what a run did and found, as Markdown.
import { copies } from './schedule.ts';
import type { FinishedRun } from './storm-and-verify.ts';
import { type FaultKind, faultKinds } from './tally.ts';

export function toMarkdown(run: FinishedRun): string {
  const { seed, events, tenfoldShare, sabotage, settled, verdict, objects } = run;
  const { figures, tally, began, ended } = settled;
  const { counts, entries, indexes, directoryRows, queues, logs, wrong } = verdict;
  const minutes = (ended - began) / 60_000;
  const share = `${tenfoldShare * 100} %`;
  const rows: [string, string][] = [
    ['date', new Date(ended).toISOString().slice(0, 16).replace('T', ' ')],
    ['seed', String(seed)],
    ...(sabotage === undefined ? [] : ([['sabotage', sabotage]] as [string, string][])),
    [
      'events',
      `${events}: ${counts.valid} valid, ${counts.contested} with two contents, ${counts.poisoned} invalid`,
    ],
    ['deliveries planned', `${figures.planned}: ${copies} of ${share} of the events, 1 of all others`],
    ['… and accepted by bus or queue', `${figures.taken}; ${figures.resent} resent from an outbox`],
    [
      'duration until settled',
      `${minutes.toFixed(1)} minutes, ${(figures.planned / minutes / 60).toFixed(0)} deliveries a second`,
    ],
    ['recorder processes that ended during a batch', String(figures.crashes)],
    ['dead letters requeued', `${figures.redriven} after all their deliveries failed`],
    ['entries found', `${entries}, of ${counts.valid + counts.contested} expected`],
    [
      'entries in each index',
      Object.entries(indexes)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    ],
    ['directory rows', String(directoryRows)],
    [
      'objects in the bucket',
      `${objects.kept} of entries, ${objects.orphans} orphans of recorders killed before the entry`,
    ],
    ['rejected queue', `${queues.rejectedMessages} messages`],
    ['remaining dead letters', `${queues.deadLetters} bodies that cannot be redacted`],
    ['log lines read', `${logs.lines}, ${logs.entryLines} of them about a recorded entry`],
    ['discrepancies', wrong.count === 0 ? '**none**' : `**${wrong.count}**`],
  ];
  return [
    '| run | |',
    '| --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    '| fault | what | times |',
    '| --- | --- | --- |',
    ...(Object.keys(faultKinds) as FaultKind[]).map(
      (kind) => `| ${kind} | ${faultKinds[kind]} | ${tally.of(kind)} |`,
    ),
    ...(wrong.count === 0 ? [] : ['', '```', ...wrong.lines(), '```']),
    '',
  ].join('\n');
}
