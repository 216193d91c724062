import { describe, expect, it } from 'vitest';
import { joinSuggestions, replaceTerm } from '../../../dashboard/src/filters/replace-term.ts';

const rds = { parameter: 'type', value: 'RDS', suggestion: 'rds', reason: 'CASE' } as const;

describe('replaceTerm', () => {
  it('replaces only the suggested value, and merges it with one that is already there', () => {
    const filters = { type: ['!ec', 'RDS', 'ecs-service'], user: ['RDS'] };
    expect(replaceTerm(filters, rds)).toEqual({ type: ['!ec', 'ecs-service', 'rds'], user: ['RDS'] });
    expect(replaceTerm({ type: ['RDS', 'rds'] }, rds)).toEqual({ type: ['rds'] });
  });
});

describe('joinSuggestions', () => {
  it('returns each suggestion once', () => {
    expect(joinSuggestions([{ suggestions: [rds] }, {}, { suggestions: [rds] }])).toEqual([rds]);
  });
});
