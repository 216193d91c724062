// The entries of a search by target, for example what changed before an incident, nearest first.
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ListItem } from '../../../client/client.ts';
import { labelTargetType } from '../../../core/contract/target-types.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { PivotButton } from '../pivots/pivot-button.tsx';
import pivotStyles from '../pivots/pivots.module.css';
import type { Search } from '../search/search.ts';
import { formatTime, formatZone } from '../time/format-time.ts';
import { ActionCell, ChangesCell, EntryLink, TimeCell, UserCell } from './cells.tsx';
import type { ColumnContext } from './columns.tsx';
import { describeBefore, findMoment, groupByTarget } from './group-by-target.ts';
import styles from './grouped-list.module.css';

export interface GroupedListProps {
  readonly items: readonly ListItem[];
  readonly search: Search;
  readonly context: ColumnContext;
}

export default function GroupedList({ items, search, context }: GroupedListProps) {
  const { zone } = context;
  const groups = groupByTarget(items);
  const moment = findMoment(search.range);
  const before =
    moment === undefined ? '' : ` before ${formatTime(moment, zone)} ${formatZone(zone, moment)}`;
  const order = search.order === 'desc' ? (moment === undefined ? ', newest first' : ', nearest first') : '';
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">
        {count(items.length, 'entry', 'entries')} for {count(groups.length, 'target', 'targets')}
        {before}
        {order}
      </Box>
      {groups.map(({ key, items: [first, ...rest] }) => (
        <Container
          key={key}
          header={
            <Header
              variant="h3"
              headingTagOverride="h2"
              counter={`(${rest.length + 1})`}
              description={escapeUnsafe(describeTarget(first))}
            >
              {escapeUnsafe(first.target.name)}
            </Header>
          }
        >
          <table className={styles.table} aria-label={`Entries for ${escapeUnsafe(first.target.name)}`}>
            <thead className={styles.head}>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Action</th>
                <th scope="col">User and role</th>
                <th scope="col">Changes</th>
              </tr>
            </thead>
            <tbody>
              {[first, ...rest].map((item) => (
                <Row key={item.id} item={item} moment={moment} context={context} />
              ))}
            </tbody>
          </table>
        </Container>
      ))}
    </SpaceBetween>
  );
}

interface RowProps {
  readonly item: ListItem;
  readonly moment: number | undefined;
  readonly context: ColumnContext;
}

function Row({ item, moment, context }: RowProps) {
  const { zone, isNew, isOpen, hrefOf, onOpen, onPivot } = context;
  const time =
    moment === undefined ? formatTime(item.timestamp, zone) : describeBefore(item.timestamp, moment);
  return (
    <tr>
      <th scope="row" className={styles.time}>
        <div className={pivotStyles.host}>
          <EntryLink
            item={item}
            href={hrefOf(item.id)}
            isOpen={isOpen(item.id)}
            onOpen={() => onOpen(item.id)}
            text={time}
          >
            {time}
          </EntryLink>
          {moment !== undefined && (
            <Box variant="small" color="text-body-secondary" display="block">
              <TimeCell item={item} zone={zone} isNew={isNew(item.id)} />
            </Box>
          )}
          <PivotButton item={item} column="target" onPivot={onPivot} />
        </div>
      </th>
      <td className={styles.action}>
        <ActionCell item={item} />
      </td>
      <td className={styles.user}>
        <UserCell item={item} />
      </td>
      <td>
        <ChangesCell item={item} />
      </td>
    </tr>
  );
}

function describeTarget({ target, accountId, region, environment }: ListItem): string {
  const service = target.serviceName === undefined ? [] : [`in ${target.serviceName}`];
  const kind = [labelTargetType(target.type), ...service].join(' ');
  return [kind, ...(environment === undefined ? [] : [environment]), accountId, region].join(', ');
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
