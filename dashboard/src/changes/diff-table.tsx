// Shows a diff of two states as a table, one row for each field, indented by its depth.
import Button from '@cloudscape-design/components/button';
import { useId, useMemo, useRef, useState } from 'react';
import { canOpen, type DiffRow, isOpenAtFirst, listRows, type RowOptions } from './diff-rows.ts';
import type { DiffNode } from './diff-tree.ts';
import './diff.css';
import { NewValue, OldValue, ReplacedValue } from './replaced-value.tsx';
import { KeyText, ValueText } from './value-text.tsx';

/** `inline`: both values in one column. `side-by-side`: one column for each. `state`: a single state, no change signs. */
export type DiffView = 'inline' | 'side-by-side' | 'state';

interface DiffTableProps {
  readonly nodes: readonly DiffNode[];
  readonly view: DiffView;
  /** Announced by screen readers before the table. */
  readonly caption: string;
  /** Titles of the columns of both states, if they are shown side by side. */
  readonly sides?: readonly [before: string, after: string];
  /** Whether each run of unchanged fields is collapsed into one row. */
  readonly isCollapsing: boolean;
}

function titlesOf(view: DiffView, sides: readonly [string, string]): readonly string[] {
  return ['Field', ...(view === 'side-by-side' ? sides : ['Value'])];
}

/** Rows shown initially, and added by each click on Show more. */
const rowsAtATime = 300;

const bothSides = ['Before', 'After'] as const;

export function DiffTable({ nodes, view, caption, sides = bothSides, isCollapsing }: DiffTableProps) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [limit, setLimit] = useState(rowsAtATime);
  const table = useRef<HTMLTableElement>(null);
  const options = useMemo(
    (): RowOptions => ({
      isOpen: (node) => toggled.get(node.id) ?? isOpenAtFirst(node),
      foldAt: (id) => (isCollapsing ? (toggled.get(`fold ${id}`) ? 'open' : 'closed') : 'none'),
    }),
    [toggled, isCollapsing],
  );
  const rows = useMemo(() => take(listRows(nodes, options), limit + 1), [nodes, options, limit]);
  const isCut = rows.length > limit;
  const total = useMemo(() => (isCut ? countRows(listRows(nodes, options)) : ''), [nodes, options, isCut]);
  const toggle = (id: string, isOpen: boolean) => setToggled(new Map(toggled).set(id, !isOpen));
  const showMore = () => {
    setLimit(limit + rowsAtATime);
    table.current?.focus();
  };
  return (
    <>
      <table className="diff" data-view={view} ref={table} tabIndex={-1}>
        <caption className="visually-hidden">{caption}</caption>
        <colgroup>
          <col className="diff-key-column" />
        </colgroup>
        <thead>
          <tr>
            {titlesOf(view, sides).map((title) => (
              <th key={title} scope="col" className="diff-title">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <Row key={row.kind === 'fold' ? row.id : row.node.id} row={row} view={view} onToggle={toggle} />
          ))}
        </tbody>
      </table>
      {isCut && (
        <div className="diff-more">
          <Button onClick={showMore}>Show more</Button>
          <span className="diff-contents">
            {limit.toLocaleString('en')} of {total} rows shown
          </span>
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly row: DiffRow;
  readonly view: DiffView;
  readonly onToggle: (id: string, isOpen: boolean) => void;
}

const signs = { same: '', changed: '', added: '+', removed: '−', replaced: '~' } as const;

function Row({ row, view, onToggle }: RowProps) {
  const keyId = useId();
  const { depth, isOpen } = row;
  const indent = { '--depth': Math.min(depth, 12) } as React.CSSProperties;
  if (row.kind === 'fold') {
    const label = `${row.count} unchanged`;
    return (
      <tr className="diff-fold">
        <td colSpan={view === 'side-by-side' ? 3 : 2} style={indent}>
          <button type="button" aria-expanded={isOpen} onClick={() => onToggle(row.id, isOpen)}>
            {isOpen ? `Hide ${label}` : `Show ${label}`}
          </button>
        </td>
      </tr>
    );
  }
  const { node } = row;
  const state = view === 'state' ? 'same' : node.state;
  return (
    <tr data-state={state}>
      <th scope="row" className="diff-key" style={indent}>
        <span className="diff-sign" aria-hidden="true">
          {signs[state]}
        </span>
        {canOpen(node) && (
          <button
            type="button"
            className="diff-toggle"
            aria-expanded={isOpen}
            aria-labelledby={keyId}
            onClick={() => onToggle(node.id, isOpen)}
          />
        )}
        <span id={keyId}>
          <KeyText name={node.key} />
          {state !== 'same' && <span className="visually-hidden"> {state}</span>}
        </span>
      </th>
      {view === 'side-by-side' ? (
        <SideCells node={node} />
      ) : (
        <td>
          <InlineValue node={node} />
        </td>
      )}
    </tr>
  );
}

function InlineValue({ node }: { readonly node: DiffNode }) {
  if (canOpen(node)) return <Contents node={node} />;
  if (node.state === 'replaced' && node.before !== undefined && node.after !== undefined) {
    return <ReplacedValue before={node.before} after={node.after} />;
  }
  return <ValueText value={node.after ?? node.before} />;
}

function SideCells({ node }: { readonly node: DiffNode }) {
  const { before, after, state } = node;
  const isPlain = !canOpen(node);
  if (isPlain && state === 'replaced' && before !== undefined && after !== undefined) {
    return (
      <>
        <td>
          <OldValue before={before} after={after} />
        </td>
        <td>
          <NewValue before={before} after={after} />
        </td>
      </>
    );
  }
  if (state === 'changed') {
    return (
      <td colSpan={2}>
        <Contents node={node} />
      </td>
    );
  }
  const value = isPlain ? <ValueText value={after ?? before} /> : <Contents node={node} />;
  return (
    <>
      <td>{before !== undefined && value}</td>
      <td>{after !== undefined && value}</td>
    </>
  );
}

/** Summarizes a list or object by its size or number of changes. A list element is shown with its name. */
function Contents({ node }: { readonly node: DiffNode }) {
  const { before, after, changeCount, state, key, isReordered } = node;
  const value = after ?? before;
  if (typeof value !== 'object' || value === null) return null;
  const name = typeof key === 'number' && !Array.isArray(value) ? nameOf(value) : undefined;
  const size = Object.keys(value).length;
  return (
    <span className="diff-contents">
      {name !== undefined && (
        <>
          <ValueText value={name} /> ·{' '}
        </>
      )}
      {isReordered
        ? 'order changed'
        : state === 'changed'
          ? count(changeCount, 'change')
          : count(size, Array.isArray(value) ? 'element' : 'field')}
    </span>
  );
}

/** Fields that identify a list element, in order of preference. */
const namingFields = ['name', 'id', 'type', 'key', 'arn'];

function nameOf(value: { readonly [field: string]: unknown }): unknown {
  const field = namingFields.find((one) => Object.hasOwn(value, one) && typeof value[one] === 'string');
  return field === undefined ? undefined : value[field];
}

function count(number: number, unit: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? unit : `${unit}s`}`;
}

/** Counts rows only up to this number, because a state can have very many. */
const maxCountedRows = 10_000;

function countRows(rows: Iterable<DiffRow>): string {
  let count = 0;
  for (const _ of rows) {
    if (count === maxCountedRows) return `more than ${maxCountedRows.toLocaleString('en')}`;
    count++;
  }
  return count.toLocaleString('en');
}

function take<T>(items: Iterable<T>, limit: number): T[] {
  const taken: T[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === limit) break;
  }
  return taken;
}
