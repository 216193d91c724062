// One list of the overview: the largest groups. Each is a link that adds or removes a filter.
import Link from '@cloudscape-design/components/link';
import type { Group, GroupList } from '../../../core/counts/summary.ts';
import { exactTerm } from '../../../core/query/filter-grammar.ts';
import type { Filters } from '../../../core/query/filters.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { toggleFilterValue } from '../filters/toggle-filter-value.ts';
import { verdictLabels } from '../labels/labels.ts';
import styles from './overview.module.css';
import type { OverviewList } from './overview-query.ts';
import { describeCounts, formatChange, formatNumber } from './overview-text.ts';

export interface TopListProps {
  readonly name: OverviewList;
  readonly list: GroupList;
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
}

const titles: Readonly<Record<OverviewList, string>> = {
  user: 'Users',
  target: 'Targets',
  environment: 'Environments',
  verdict: 'Verdicts',
};

export function TopList({ name, list, filters, onFilters }: TopListProps) {
  const { groups, others } = list;
  const most = Math.max(1, ...groups.map(({ count, denied }) => count + denied));
  return (
    <section className={styles.list} aria-labelledby={`overview-${name}`}>
      <h3 className={styles.listTitle} id={`overview-${name}`}>
        {titles[name]}
      </h3>
      <ul className={styles.groups}>
        {groups.map((group) => (
          <li key={group.key[name] ?? ''} className={styles.group} title={describeCounts(group)}>
            <span className={styles.label}>
              <GroupLabel name={name} group={group} filters={filters} onFilters={onFilters} />
            </span>
            <span className={styles.hidden}>{describeCounts(group)}</span>
            <span className={styles.number} aria-hidden="true">
              <GroupNumbers group={group} />
            </span>
            <span className={styles.change} aria-hidden="true">
              {formatChange(group)}
            </span>
            <span className={styles.track} aria-hidden="true">
              <span className={styles.UPDATE} style={{ inlineSize: `${(group.count / most) * 100}%` }} />
              <span className={styles.denied} style={{ inlineSize: `${(group.denied / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
      {others.groups > 0 && (
        <p className={styles.others}>
          {formatNumber(others.groups)} more: {describeCounts({ count: others.count, denied: others.denied })}
        </p>
      )}
    </section>
  );
}

/** What was done, and what was denied if anything was. A group of denied attempts only has no zero before them. */
function GroupNumbers({ group: { count, denied } }: { readonly group: Group }) {
  if (denied === 0) return formatNumber(count);
  if (count === 0) return <span className={styles.refused}>{formatNumber(denied)} denied</span>;
  return (
    <>
      {formatNumber(count)}
      <span className={styles.refused}> +{formatNumber(denied)} denied</span>
    </>
  );
}

interface GroupLabelProps extends Pick<TopListProps, 'name' | 'filters' | 'onFilters'> {
  readonly group: Group;
}

function GroupLabel({ name, group, filters, onFilters }: GroupLabelProps) {
  const value = group.key[name];
  if (value === null || value === undefined) return <>No {name}</>;
  const text = labelOf(name, value, group);
  const term = exactTerm(value);
  const isFilter = filters[name]?.includes(term) ?? false;
  return (
    <Link
      onFollow={() => onFilters(toggleFilterValue(filters, name, term))}
      ariaLabel={isFilter ? `Remove the filter ${text}` : `Show only ${text}`}
    >
      {text}
    </Link>
  );
}

function labelOf(name: OverviewList, value: string, { names }: Group): string {
  if (name === 'verdict') return verdictLabels[value as keyof typeof verdictLabels] ?? escapeUnsafe(value);
  return escapeUnsafe(
    (name === 'user' ? names?.user : name === 'target' ? names?.target : undefined) ?? value,
  );
}
