// One-click toggles for the most common filters: action and verdict.
import ToggleButton from '@cloudscape-design/components/toggle-button';
import { actions } from '../../../core/contract/vocabulary.ts';
import type { FilterName, Filters } from '../../../core/query/query.ts';
import { actionLabels, verdictLabels } from '../labels/labels.ts';
import styles from './filters.module.css';
import { toggleFilterValue } from './toggle-filter-value.ts';

export interface QuickFiltersProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** The verdicts that need attention. */
const notableVerdicts = ['DENIED', 'VIOLATION', 'UNKNOWN_ROLE'] as const;

export function QuickFilters({ filters, onChange }: QuickFiltersProps) {
  return (
    <div className={styles.quick}>
      <Toggles
        label="Action"
        name="action"
        values={actions.map((value) => [value, actionLabels[value]])}
        filters={filters}
        onChange={onChange}
      />
      <Toggles
        label="Verdict"
        name="verdict"
        values={notableVerdicts.map((value) => [value, verdictLabels[value]])}
        filters={filters}
        onChange={onChange}
      />
    </div>
  );
}

interface TogglesProps extends QuickFiltersProps {
  readonly label: string;
  readonly name: FilterName;
  readonly values: readonly (readonly [value: string, word: string])[];
}

function Toggles({ label, name, values, filters, onChange }: TogglesProps) {
  return (
    <fieldset className={styles.toggles}>
      <legend className={styles.legend}>{label}</legend>
      {values.map(([value, word]) => (
        <ToggleButton
          key={value}
          pressed={filters[name]?.includes(value) ?? false}
          onChange={() => onChange(toggleFilterValue(filters, name, value))}
        >
          {word}
        </ToggleButton>
      ))}
    </fieldset>
  );
}
