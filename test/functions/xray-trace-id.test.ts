import { describe, expect, it } from 'vitest';
import { readXrayTraceId } from '../../functions/xray-trace-id.ts';

const root = '1-5759e988-bd862e3fe1be46a994272793';

describe('readXrayTraceId', () => {
  it.each([
    `Root=${root}`,
    `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`,
    `Self=1-67891234-12456789abcdef012345678;Root=${root};Lineage=1:2:3`,
  ])('finds the trace in %s', (header) => {
    expect(readXrayTraceId(header)).toBe(root);
  });

  it.each([undefined, '', 'Parent=53995c3f42cd8ad8', 'Root=hunter2', `Root=${root}x`, `NotRoot=${root}`])(
    'gives nothing for %s, so that no free text reaches the log',
    (header) => {
      expect(readXrayTraceId(header)).toBeUndefined();
    },
  );
});
