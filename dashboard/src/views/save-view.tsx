// The form that saves the current search as a view.
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { serverClock } from '../network/use-server-clock.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import type { Search } from '../search/search.ts';
import { encodeSearch } from '../search/search-url.ts';
import { describeSearch } from './describe-search.ts';
import { freezeSearch } from './freeze-search.ts';
import type { Views } from './use-views.ts';

export interface SaveViewProps {
  readonly views: Views;
  /** The current search of the page. */
  readonly search: Search;
}

export function SaveView({ views, search }: SaveViewProps) {
  const { timeZone, columns } = usePreferences();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [isFrozen, setFrozen] = useState(false);
  const [hasColumns, setColumns] = useState(false);
  const [message, setMessage] = useState('');
  const isRelative = search.range.type === 'last';
  const save = async () => {
    const saved = isFrozen && isRelative ? freezeSearch(search, serverClock.now()) : search;
    const visible = columns.filter((column) => column.visible).map(({ id }) => id);
    const isSaved = await views.create({
      name: name.trim(),
      search: encodeSearch(saved),
      shared: isShared && views.canShare,
      ...(hasColumns && { columns: visible }),
    });
    setMessage(isSaved ? `Saved ${name.trim()}` : '');
    if (isSaved) setName('');
  };
  return (
    <section aria-label="Save the current search">
      <SpaceBetween size="xs">
        <Header variant="h3" description={describeSearch(search, timeZone)}>
          Save the current search
        </Header>
        <FormField label="Name">
          <Input
            value={name}
            placeholder="Denied in prod"
            onChange={({ detail }) => setName(detail.value)}
            onKeyDown={({ detail }) => {
              if (detail.key === 'Enter' && name.trim() !== '') void save();
            }}
          />
        </FormField>
        <Checkbox checked={hasColumns} onChange={({ detail }) => setColumns(detail.checked)}>
          Include the columns
        </Checkbox>
        {isRelative && (
          <Checkbox
            checked={isFrozen}
            description="The view always shows the entries that exist now."
            onChange={({ detail }) => setFrozen(detail.checked)}
          >
            Freeze times
          </Checkbox>
        )}
        {views.canShare && (
          <Checkbox
            checked={isShared}
            description="Everyone in your organization who can read the entries of all accounts can see the view."
            onChange={({ detail }) => setShared(detail.checked)}
          >
            Share in your organization
          </Checkbox>
        )}
        <Button
          variant="primary"
          loading={views.isSaving}
          disabled={name.trim() === ''}
          disabledReason="Enter a name"
          onClick={() => void save()}
        >
          Save view
        </Button>
        <LiveRegion>{message}</LiveRegion>
      </SpaceBetween>
    </section>
  );
}
