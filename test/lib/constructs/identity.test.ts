import { describe, expect, it } from 'vitest';
import { arnOf, findFunction, findId, poolSettings, propertiesOf, synthesize } from '../synthesize.ts';

describe('Identity with an existing issuer', () => {
  const template = synthesize();

  it('accepts tokens of that issuer for these audiences', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://issuer.example.com/', Audience: ['request-logs'] },
    });
  });

  it('creates no user pool', () => {
    template.resourceCountIs('AWS::Cognito::UserPool', 0);
    expect(Object.keys(template.findOutputs('*'))).not.toContain('UserPoolId');
  });
});

describe('Identity with a user pool', () => {
  const claims = { organization: 'org', role: 'role', accounts: 'aws_accounts' };
  const template = synthesize({ ...poolSettings, identity: { cognito: {}, claims } });
  const pool = () => propertiesOf(template, 'AWS::Cognito::UserPool', '');

  it("accepts access tokens of the pool's client", () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: {
        Issuer: { 'Fn::GetAtt': [findId(template, 'AWS::Cognito::UserPool', 'UserPool'), 'ProviderURL'] },
        Audience: [{ Ref: findId(template, 'AWS::Cognito::UserPoolClient', '') }],
      },
    });
  });

  it('adds claims to access tokens through a version-2 trigger', () => {
    const { logicalId, environment } = findFunction(template, 'add-token-claims');
    expect(pool()).toMatchObject({
      UserPoolTier: 'ESSENTIALS',
      LambdaConfig: {
        PreTokenGenerationConfig: {
          LambdaVersion: 'V2_0',
          LambdaArn: { 'Fn::GetAtt': [logicalId, 'Arn'] },
        },
      },
    });
    expect(environment).toEqual({
      POWERTOOLS_SERVICE_NAME: 'add-token-claims',
      POWERTOOLS_METRICS_NAMESPACE: 'RequestLogs/test',
      IDENTITY_CLAIMS: JSON.stringify({ user: 'sub', ...claims }),
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: { 'Fn::GetAtt': [logicalId, 'Arn'] },
      Principal: 'cognito-idp.amazonaws.com',
      SourceArn: arnOf(template, 'AWS::Cognito::UserPool', 'UserPool'),
    });
  });

  it('allows the trigger only to write its log', () => {
    const { permissions } = findFunction(template, 'add-token-claims');
    expect(permissions.map(({ action }) => action)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  it('allows no user to write organization, role or accounts', () => {
    const { Schema } = pool() as { Schema: { Name: string; AttributeDataType?: string }[] };
    const custom = Schema.filter(({ AttributeDataType }) => AttributeDataType === 'String').map(
      ({ Name }) => Name,
    );
    expect(custom).toEqual(['organization', 'role', 'accounts']);
    const client = propertiesOf(template, 'AWS::Cognito::UserPoolClient', '');
    // An absent or empty list would allow every attribute.
    expect(client.WriteAttributes).toEqual(['email', 'name']);
  });

  it('allows only invited users, with two factors', () => {
    expect(pool()).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  it('disables password authentication that sends the password in plain text', () => {
    const { ExplicitAuthFlows } = propertiesOf(template, 'AWS::Cognito::UserPoolClient', '');
    expect(ExplicitAuthFlows).toEqual(['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']);
  });

  it('protects the pool and retains it', () => {
    expect(pool()).toMatchObject({ DeletionProtection: 'ACTIVE' });
    template.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'Retain' });
  });

  it('signs users in to the dashboard with the authorization code flow, on the managed login pages', () => {
    const origin = { 'Fn::GetAtt': [findId(template, 'AWS::CloudFront::Distribution', ''), 'DomainName'] };
    const at = (path: string) => [{ 'Fn::Join': ['', ['https://', origin, path]] }];
    expect(propertiesOf(template, 'AWS::Cognito::UserPoolClient', '')).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      CallbackURLs: at('/callback'),
      LogoutURLs: at('/'),
      GenerateSecret: false,
      SupportedIdentityProviders: ['COGNITO'],
      AccessTokenValidity: 60,
      RefreshTokenValidity: 12 * 60,
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', {
      Domain: { 'Fn::Join': ['', ['request-logs-test-', { Ref: 'AWS::AccountId' }]] },
      ManagedLoginVersion: 2,
    });
    template.hasResourceProperties('AWS::Cognito::ManagedLoginBranding', {
      ClientId: { Ref: findId(template, 'AWS::Cognito::UserPoolClient', '') },
      UseCognitoProvidedValues: true,
    });
  });

  it('has outputs for the pool and its client', () => {
    template.hasOutput('UserPoolId', {});
    template.hasOutput('UserPoolClientId', {});
  });
});
