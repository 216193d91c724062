// Shows the details of an entry: who, when, from where, with which role, and on what.
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Entry } from '../../../client/client.ts';
import { labelTargetType } from '../../../core/contract/target-types.ts';
import { SafeText } from '../changes/value-text.tsx';
import { actorTypeLabels } from '../labels/labels.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { formatExactTime } from '../time/format-time.ts';
import { describeDelay } from './entry-text.ts';
import { explainVerdict } from './explain-verdict.ts';

interface FactsProps {
  readonly entry: Entry;
}

/** The main details. */
export function EntryFacts({ entry }: FactsProps) {
  const { user, target } = entry;
  const { title, reason, severity } = explainVerdict(entry);
  return (
    <KeyValuePairs
      columns={3}
      ariaLabel="About this entry"
      items={pairs([
        ['When', <When key="when" entry={entry} />],
        [
          'Who',
          <Lines
            key="who"
            main={user.name ?? user.id}
            more={[
              user.name !== undefined && user.id,
              user.email,
              user.type !== 'user' && actorTypeLabels[user.type],
              user.onBehalfOf && `On behalf of ${describePerson(user.onBehalfOf)}`,
            ]}
          />,
        ],
        [
          'Source IP',
          user.sourceIp !== undefined && <Lines key="from" main={user.sourceIp} more={[user.userAgent]} />,
        ],
        [
          'Target',
          <Lines
            key="target"
            main={target.name}
            more={[labelTargetType(target.type), target.id, ofService(target)]}
          />,
        ],
        [
          'Account and region',
          <Lines
            key="where"
            main={entry.accountId}
            more={[entry.region, entry.environment && `Environment: ${entry.environment}`]}
          />,
        ],
        [
          'Role and permission',
          <Lines
            key="role"
            main={entry.role}
            more={[entry.permission, `${entry.decision === 'DENIED' ? 'Denied' : 'Allowed'} by the service`]}
          />,
        ],
        [
          'Verdict',
          <div key="verdict">
            <StatusIndicator type={severity}>{title}</StatusIndicator>
            {severity === 'success' && (
              <Secondary>
                <SafeText text={reason} />
              </Secondary>
            )}
          </div>,
        ],
        ['Reason', entry.reason !== undefined && <SafeText key="reason" text={entry.reason} />],
        ['Work reference', entry.workRef !== undefined && <WorkReference key="work" text={entry.workRef} />],
      ])}
    />
  );
}

/** Identifiers and hashes to correlate the entry with other systems or verify it. */
export function TechnicalFacts({ entry }: FactsProps) {
  const { producer } = entry;
  const { timeZone } = usePreferences();
  return (
    <KeyValuePairs
      columns={2}
      ariaLabel="Technical details"
      items={pairs([
        ['Entry ID', <Copyable key="id" text={entry.id} name="entry ID" />],
        ['Event ID', <Copyable key="event" text={entry.eventId} name="event ID" />],
        [
          'Request ID',
          entry.requestId !== undefined && (
            <Copyable key="request" text={entry.requestId} name="request ID" />
          ),
        ],
        [
          'Trace ID',
          entry.traceId !== undefined && <Copyable key="trace" text={entry.traceId} name="trace ID" />,
        ],
        [
          'AWS request IDs',
          entry.awsRequestIds !== undefined &&
            entry.awsRequestIds.length > 0 &&
            entry.awsRequestIds.map((id) => (
              <div key={id}>
                <Copyable text={id} name="AWS request ID" />
              </div>
            )),
        ],
        [
          'Source',
          <Lines key="source" main={entry.source} more={[`Sent from account ${producer.account}`]} />,
        ],
        [
          'Received by the event bus',
          <Lines key="bus" main={formatExactTime(producer.time, timeZone)} more={[producer.envelopeId]} />,
        ],
        ['Redriven by', producer.redrivenBy],
        ['Edited by', producer.editedBy],
        ['Recorded at', formatExactTime(entry.recordedAt, timeZone)],
        ['Content hash (SHA-256)', <Copyable key="hash" text={entry.contentHash} name="content hash" />],
        ['Role map version', entry.roleMapVersion],
        ['Redaction rules version', String(entry.redactionVersion)],
        ['Declared secrets', entry.secretsDeclared && 'Declared by the service and hidden'],
      ])}
    />
  );
}

function pairs(
  all: readonly (readonly [label: string, value: React.ReactNode])[],
): KeyValuePairsProps.Item[] {
  return all.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function describePerson({ id, name }: NonNullable<Entry['user']['onBehalfOf']>): string {
  return name === undefined ? id : `${name} (${id})`;
}

/** A link if the text is an `https` URL without a redaction marker, otherwise the text. */
function WorkReference({ text }: { readonly text: string }) {
  const isLink = text.startsWith('https://') && URL.canParse(text) && !text.includes('[REDACTED:');
  return isLink ? (
    <Link href={text} external externalIconAriaLabel="Opens in a new tab">
      <SafeText text={text} />
    </Link>
  ) : (
    <SafeText text={text} />
  );
}

function ofService({ serviceName }: Entry['target']): string | undefined {
  return serviceName === undefined ? undefined : `Service: ${serviceName}`;
}

function When({ entry }: FactsProps) {
  const { timeZone } = usePreferences();
  return (
    <div>
      <time dateTime={entry.timestamp}>{formatExactTime(entry.timestamp, timeZone)}</time>
      <Secondary>
        {entry.late && (
          <>
            <Badge color="severity-medium">Late</Badge>{' '}
          </>
        )}
        {describeDelay(entry)}
      </Secondary>
    </div>
  );
}

function Lines({
  main,
  more,
}: {
  readonly main: string;
  readonly more: readonly (string | false | undefined)[];
}) {
  return (
    <div className="entry-fact">
      <SafeText text={main} />
      {more.map(
        (line) =>
          line && (
            <Secondary key={line}>
              <SafeText text={line} />
            </Secondary>
          ),
      )}
    </div>
  );
}

function Secondary({ children }: { readonly children: React.ReactNode }) {
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {children}
    </Box>
  );
}

function Copyable({ text, name }: { readonly text: string; readonly name: string }) {
  return (
    <>
      <span className="entry-code">
        <SafeText text={text} />
      </span>{' '}
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={`Copy ${name}`}
        copySuccessText="Copied"
        copyErrorText="The browser blocked copying"
      />
    </>
  );
}
