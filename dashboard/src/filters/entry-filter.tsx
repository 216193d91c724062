// The filter field. It is loaded on demand, because the list can be shown without it.
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';

export interface EntryFilterProps extends PropertyFilterProps {
  readonly filterRef: React.Ref<PropertyFilterProps.Ref>;
}

export default function EntryFilter({ filterRef, ...props }: EntryFilterProps) {
  return <PropertyFilter ref={filterRef} {...props} />;
}
