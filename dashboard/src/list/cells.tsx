// The cells of the list.
import Badge, { type BadgeProps } from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { Fragment } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { labelTargetType } from '../../../core/contract/target-types.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { describeChanges, summarizeChanges } from '../changes/summarize-changes.ts';
import { describeAction, labelAction, verdictLabels } from '../labels/labels.ts';
import { historyOf } from '../location/history-address.ts';
import { navigate } from '../location/location.ts';
import { serverClock } from '../network/use-server-clock.ts';
import {
  formatAge,
  formatDuration,
  formatExactTime,
  formatTime,
  type TimeZone,
} from '../time/format-time.ts';
import styles from './cells.module.css';

const actionColors: Readonly<Record<ListItem['action'], BadgeProps['color']>> = {
  CREATE: 'green',
  UPDATE: 'blue',
  DELETE: 'red',
};

const verdictStatus: Readonly<Record<ListItem['verdict'], StatusIndicatorProps.Type>> = {
  PERMITTED: 'success',
  DENIED: 'stopped',
  VIOLATION: 'error',
  UNKNOWN_ROLE: 'warning',
};

/** The action, and its verdict unless it is permitted, because the Verdict column is hidden by default. */
export function ActionCell({ item }: { readonly item: ListItem }) {
  const { action, decision, verdict } = item;
  const isDone = decision !== 'DENIED';
  return (
    <>
      <span className={styles.verdict}>
        <Badge color={isDone ? (actionColors[action] ?? 'grey') : 'grey'}>{labelAction(item)}</Badge>
      </span>
      {isDone && verdict !== 'PERMITTED' && (
        <div>
          <VerdictCell item={item} />
        </div>
      )}
    </>
  );
}

export interface TimeCellProps {
  readonly item: ListItem;
  readonly zone: TimeZone;
  /** Whether it arrived while the list was open. */
  readonly isNew: boolean;
}

export function TimeCell({ item, zone, isNew }: TimeCellProps) {
  const { timestamp, late, recordedAt } = item;
  const exact = `${formatExactTime(timestamp, zone)}, ${formatAge(timestamp, serverClock.now())}`;
  return (
    <>
      <span className={styles.time}>
        <time dateTime={timestamp} title={exact}>
          {formatTime(timestamp, zone)}
        </time>
        {isNew && <Badge color="blue">New</Badge>}
      </span>
      {late && (
        <Second>
          <span title={`Recorded ${formatExactTime(recordedAt, zone)}`}>
            Recorded {formatDuration(Date.parse(recordedAt) - Date.parse(timestamp))} late
          </span>
        </Second>
      )}
    </>
  );
}

export interface TargetCellProps {
  readonly item: ListItem;
  readonly href: string;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** The target's name, as a link to the entry. */
export function TargetCell(props: TargetCellProps) {
  const { target } = props.item;
  const name = escapeUnsafe(target.name);
  const historyHref = historyOf(props.item);
  return (
    <>
      <EntryLink {...props}>
        <span className={styles.clamped} title={name}>
          {name}
        </span>
      </EntryLink>
      <Second>
        {labelTargetType(target.type)}
        {target.serviceName !== undefined && ` in ${escapeUnsafe(target.serviceName)}`}
        {' · '}
        <Link
          fontSize="body-s"
          href={historyHref}
          ariaLabel={`History of ${name}`}
          onFollow={(event) => {
            event.preventDefault();
            navigate(historyHref);
          }}
        >
          History
        </Link>
      </Second>
    </>
  );
}

export interface EntryLinkProps extends TargetCellProps {
  readonly children: React.ReactNode;
  /** The text of the link, if it is not the name of the target. */
  readonly text?: string;
}

/** A link to the entry, named by its text, target, action, and user. Marks the row of the open entry. */
export function EntryLink({ item, href, isOpen, onOpen, children, text }: EntryLinkProps) {
  const { target, user } = item;
  const name = [...(text === undefined ? [] : [text]), escapeUnsafe(target.name)].join(', ');
  return (
    <div className={isOpen ? styles.open : undefined} aria-current={isOpen || undefined}>
      <Link
        href={href}
        ariaLabel={`${name}, ${describeAction(item)} by ${escapeUnsafe(user.name ?? user.id)}, open entry`}
        onFollow={(event) => {
          event.preventDefault();
          onOpen();
        }}
      >
        {children}
      </Link>
    </div>
  );
}

export function UserCell({ item: { user, role } }: { readonly item: ListItem }) {
  return (
    <>
      <span className={styles.clamped} title={escapeUnsafe(user.id)}>
        {escapeUnsafe(user.name ?? user.id)}
      </span>
      <Second>
        {escapeUnsafe(role)}
        {user.type === 'service' && ', service'}
        {user.type === 'agent' && ', AI agent'}
      </Second>
    </>
  );
}

export function AccountCell({ item: { accountId, region, environment } }: { readonly item: ListItem }) {
  return (
    <>
      <span className={styles.digits}>{accountId}</span>
      <Second>
        {region}
        {environment !== undefined && `, ${escapeUnsafe(environment)}`}
      </Second>
    </>
  );
}

/** Empty for a permitted action. */
export function VerdictCell({ item }: { readonly item: ListItem }) {
  const { verdict } = item;
  if (verdict === 'PERMITTED') return null;
  return (
    <span className={styles.verdict}>
      <StatusIndicator type={verdictStatus[verdict] ?? 'info'}>{verdictLabels[verdict]}</StatusIndicator>
    </span>
  );
}

/** What changed, or what would have changed if the action was denied. */
export function ChangesCell({ item }: { readonly item: ListItem }) {
  const summary = summarizeChanges(item);
  const title = describeChanges(item);
  if (item.decision !== 'DENIED' || summary === '') return <Breakable text={summary} title={title} />;
  return (
    <Box color="text-body-secondary">
      <em>Not applied:</em> <Breakable text={summary} title={title} />
    </Box>
  );
}

/** Allows line breaks between the parts of a path, so that names stay in one piece where they fit. */
function Breakable({ text, title }: { readonly text: string; readonly title: string }) {
  let start = 0;
  return (
    <span title={title}>
      {text.split(/(?<=[.\]/_-])(?=[\p{L}\p{N}])/u).map((part) => {
        const key = start;
        start += part.length;
        return (
          <Fragment key={key}>
            {key > 0 && <wbr />}
            {part}
          </Fragment>
        );
      })}
    </span>
  );
}

function Second({ children }: { readonly children: React.ReactNode }) {
  return (
    <Box variant="small" color="text-body-secondary" display="block">
      {children}
    </Box>
  );
}
