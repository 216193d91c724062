// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are CloudFormation's
import { describe, expect, it } from 'vitest';
import {
  evaluateCondition,
  noValue,
  resolveIntrinsics,
  type Scope,
} from '../../../local/cloudformation/intrinsics.ts';

const scope: Scope = {
  reference: (name) => (name === 'AWS::NoValue' ? noValue : `ref-${name}`),
  attribute: (logicalId, name) => `${logicalId}#${name}`,
  condition: (name) => name === 'Yes',
  mapping: (...path) => path.join('/'),
};

const resolve = (value: unknown) => resolveIntrinsics(value, scope);

describe('resolveIntrinsics', () => {
  it.each([
    [{ Ref: 'Table' }, 'ref-Table'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table#Arn'],
    [{ 'Fn::GetAtt': 'Nested.Outputs.Arn' }, 'Nested#Outputs.Arn'],
    [{ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 1, true]] }, 'arn:ref-AWS::Partition:1:true'],
    [{ 'Fn::Sub': 'a-${Table}-${Table.Arn}-${!Literal}' }, 'a-ref-Table-Table#Arn-${Literal}'],
    [{ 'Fn::Sub': ['${Own}/${Table}', { Own: { Ref: 'X' } }] }, 'ref-X/ref-Table'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b-c'] }] }, 'b'],
    [{ 'Fn::If': ['Yes', 'then', { 'Fn::Unknown': 1 }] }, 'then'],
    [{ 'Fn::If': ['No', 'then', 'else'] }, 'else'],
    [{ 'Fn::FindInMap': ['Map', { Ref: 'Key' }, 'Second'] }, 'Map/ref-Key/Second'],
    [{ 'Fn::Base64': 'text' }, 'dGV4dA=='],
  ])('resolves %j', (value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it('resolves functions in objects and lists, and keeps other values', () => {
    expect(resolve({ list: [{ Ref: 'A' }, 2, null], nested: { on: true } })).toEqual({
      list: ['ref-A', 2, null],
      nested: { on: true },
    });
  });

  it('keeps the Condition of a policy, which is not a function', () => {
    const statement = { Condition: { StringEquals: { 'aws:SourceArn': { Ref: 'Rule' } } } };
    expect(resolve(statement)).toEqual({ Condition: { StringEquals: { 'aws:SourceArn': 'ref-Rule' } } });
  });

  it('removes properties and elements with AWS::NoValue', () => {
    expect(
      resolve({ kept: 1, dropped: { Ref: 'AWS::NoValue' }, list: [{ Ref: 'AWS::NoValue' }, 'x'] }),
    ).toEqual({
      kept: 1,
      list: ['x'],
    });
  });

  it('rejects an unsupported function and names it', () => {
    expect(() => resolve({ 'Fn::ImportValue': 'x' })).toThrow('does not support Fn::ImportValue');
  });

  it('rejects the index of a missing list element', () => {
    expect(() => resolve({ 'Fn::Select': [3, ['a']] })).toThrow('no element 3');
  });
});

describe('evaluateCondition', () => {
  it.each([
    [{ 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
    [{ 'Fn::Not': [{ Condition: 'Yes' }] }, false],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] }, true],
  ])('evaluates %j', (condition, expected) => {
    expect(evaluateCondition(condition, scope)).toBe(expected);
  });
});
