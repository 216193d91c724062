import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { defaultEndpointResolver } from '../../../functions/sdk/dynamodb-endpoint.ts';

const { endpointProvider } = new DynamoDBClient({ region: 'eu-west-1' }).config;

describe('defaultEndpointResolver', () => {
  it.each([
    'us-east-1',
    'eu-west-1',
    'ap-southeast-5',
    'il-central-1',
    'us-gov-west-1',
    'cn-north-1',
    'cn-northwest-1',
    'eusc-de-east-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'us-isof-south-1',
  ])("returns the SDK's endpoint in %s", (region) => {
    const parameters = { Region: region, UseFIPS: false, UseDualStack: false };
    expect(defaultEndpointResolver(parameters).url.href).toBe(endpointProvider(parameters).url.href);
  });

  it('returns the configured endpoint', () => {
    const parameters = { Region: 'eu-west-1', Endpoint: 'http://127.0.0.1:8000/' };
    expect(defaultEndpointResolver(parameters)).toEqual(endpointProvider(parameters));
  });

  it.each(['UseFIPS', 'UseDualStack'])('fails when %s is set', (name) => {
    expect(() => defaultEndpointResolver({ Region: 'eu-west-1', [name]: true })).toThrow('not included');
  });
});
