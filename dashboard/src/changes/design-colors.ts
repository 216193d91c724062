// Cloudscape's design tokens under names that this page's stylesheets use; they follow light and dark by themselves. Set
// through the DOM, which a content security policy without inline styles allows.
import * as tokens from '@cloudscape-design/design-tokens';
import type { CSSProperties } from 'react';

/** The style of an element below which the stylesheets of changes and entry find their colours. */
export const designColors = {
  '--text': tokens.colorTextBodyDefault,
  '--text-secondary': tokens.colorTextBodySecondary,
  '--divider': tokens.colorBorderDividerSecondary,
  '--focus': tokens.colorBorderItemFocused,
  '--surface': tokens.colorBackgroundContainerContent,
  '--added': tokens.colorTextStatusSuccess,
  '--added-surface': tokens.colorBackgroundStatusSuccess,
  '--removed': tokens.colorTextStatusError,
  '--removed-surface': tokens.colorBackgroundStatusError,
  '--replaced': tokens.colorTextStatusInfo,
  '--replaced-surface': tokens.colorBackgroundStatusInfo,
  '--warning': tokens.colorTextStatusWarning,
  '--monospace': tokens.fontFamilyMonospace,
} as CSSProperties;
