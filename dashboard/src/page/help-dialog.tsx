// Help for keyboard shortcuts and filters.
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import { shortcuts } from './shortcuts.ts';

export interface HelpDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export default function HelpDialog({ isOpen, onClose }: HelpDialogProps) {
  return (
    <Modal
      visible={isOpen}
      onDismiss={onClose}
      header="Keyboard shortcuts and filters"
      closeAriaLabel="Close help"
    >
      <KeyValuePairs
        columns={2}
        items={shortcuts.map(({ keys, what }) => ({
          label: keys.join(' or '),
          value: what,
        }))}
      />
      <Box variant="h3" padding={{ top: 'm' }}>
        Filters
      </Box>
      <Box variant="p">
        An entry is shown if it matches every filter. A filter with several values matches entries that have
        any of those values. If you type text without choosing a filter, the list shows the entries of
        services and resources whose name begins with it. If there are none, a label such as Denied becomes
        that filter, and a user's name shows that user's entries. A 12-digit number filters by AWS account,
        and a region name filters by region. An entry ID opens that entry.
      </Box>
      <Box variant="p">
        In a filter, commas separate values, * at the end of a value matches everything that starts with it,
        and ! at the beginning excludes it. Write \*, \!, \, and \\ for the characters themselves.
      </Box>
      <Box variant="p">
        To share this view, send the page URL. It contains the filters, time range, sort order, and open
        entry. Other people see only the entries that they have access to. To share a single entry without the
        filters, choose Copy link in the entry.
      </Box>
    </Modal>
  );
}
