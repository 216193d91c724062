import { describe, expect, it } from 'vitest';
import { readTraceHeader } from '../../../functions/shared/trace-header.ts';

const root = '1-5759e988-bd862e3fe1be46a994272793';
const parent = '53995c3f42cd8ad8';

describe('readTraceHeader', () => {
  it.each([
    [`Root=${root}`, { traceId: root, sampled: false }],
    [`Root=${root};Parent=${parent};Sampled=1`, { traceId: root, parentId: parent, sampled: true }],
    [`Root=${root};Parent=${parent};Sampled=0`, { traceId: root, parentId: parent, sampled: false }],
    [`Sampled=1; Root=${root}; Parent=${parent}x`, { traceId: root, sampled: true }],
    [`Self=1-67891234-12456789abcdef012345678;Root=${root};Lineage=1:2:3`, { traceId: root, sampled: false }],
  ])('reads %s', (header, expected) => {
    expect(readTraceHeader(header)).toEqual(expected);
  });

  it.each([undefined, '', `Parent=${parent}`, 'Root=hunter2', `Root=${root}x`, `NotRoot=${root}`])(
    'returns undefined for %s, so that no free text reaches the log',
    (header) => {
      expect(readTraceHeader(header)).toBeUndefined();
    },
  );
});
