// What can be done without a mouse, and how the filters are to be read.
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
    <Modal visible={isOpen} onDismiss={onClose} header="Keyboard and filters" closeAriaLabel="Close help">
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
        Entries must match every filter; of the values of one filter any may match. A bare word is how a
        resource&apos;s name begins or, when none does, the one user it names; twelve digits are an AWS
        account, and the id of an entry opens it.
      </Box>
      <Box variant="p">
        The address holds filters, range, order and the open entry: send it to a colleague, who sees the same
        within their own rights. Copy link gives the entry alone, without the filters.
      </Box>
    </Modal>
  );
}
