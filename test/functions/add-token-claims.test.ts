import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readCaller } from '../../core/access/caller.ts';
import { environmentNames } from '../../core/deployment/environment-names.ts';

type Handler = typeof import('../../functions/add-token-claims.ts').handler;

let handler: Handler;

beforeAll(async () => {
  const claims = { user: 'sub', organization: 'org', role: 'role', accounts: 'aws_accounts' };
  vi.stubEnv(environmentNames.identityClaims, JSON.stringify(claims));
  ({ handler } = await import('../../functions/add-token-claims.ts'));
});

function makeEvent(userAttributes: Record<string, string>): PreTokenGenerationV2TriggerEvent {
  return {
    version: '2',
    triggerSource: 'TokenGeneration_Authentication',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_pool',
    userName: 'ana',
    callerContext: { awsSdkVersion: '', clientId: 'client' },
    request: { userAttributes, groupConfiguration: {}, scopes: [] },
    response: { claimsAndScopeOverrideDetails: {} },
  };
}

async function addedClaims(userAttributes: Record<string, string>) {
  const { response } = await handler(makeEvent(userAttributes));
  return response.claimsAndScopeOverrideDetails;
}

describe('handler', () => {
  it('adds the attributes to the access token under the configured names', async () => {
    const attributes = {
      sub: '1',
      email: 'ana@example.com',
      'custom:organization': 'acme',
      'custom:role': 'Auditor',
      'custom:accounts': '210987654321',
    };
    expect(await addedClaims(attributes)).toEqual({
      accessTokenGeneration: {
        claimsToAddOrOverride: { org: 'acme', role: 'Auditor', aws_accounts: '210987654321' },
      },
    });
  });

  it('adds no claim for an organization or role that the user does not have', async () => {
    expect(await addedClaims({ 'custom:accounts': '*' })).toEqual({
      accessTokenGeneration: { claimsToAddOrOverride: { aws_accounts: '*' } },
    });
  });

  it.each([
    ['is absent', {}],
    ['is blank', { 'custom:accounts': ' ' }],
    ['is empty', { 'custom:accounts': '' }],
  ])('grants no account when the attribute custom:accounts %s', async (_, attributes) => {
    const added = await addedClaims({ 'custom:organization': 'acme', 'custom:role': 'Admin', ...attributes });
    const claimsAdded = added?.accessTokenGeneration?.claimsToAddOrOverride ?? {};
    expect(claimsAdded).toEqual({ org: 'acme', role: 'Admin', aws_accounts: 'none' });
    const names = { user: 'sub', organization: 'org', role: 'role', accounts: 'aws_accounts' };
    expect(readCaller({ sub: '1', ...claimsAdded }, names).accounts).toEqual([]);
  });
});
