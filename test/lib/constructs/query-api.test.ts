import { describe, expect, it } from 'vitest';
import { defaultIdentityClaims } from '../../../core/access/identity-claims.ts';
import { defaultRoleMap } from '../../../core/access/role-map.ts';
import { exportHeaderNames } from '../../../core/export/export-header-names.ts';
import { arnOf, findFunction, findId, issuerSettings, propertiesOf, synthesize } from '../synthesize.ts';

const template = synthesize();
const routes = {
  'GET /request-logs': 'list-entries',
  'GET /request-logs/export': 'export-entries',
  'GET /request-logs/summary': 'summarize',
  'GET /request-logs/{id}': 'get-entry',
  'GET /request-logs/history': 'get-history',
  'GET /request-logs/{id}/proof': 'get-proof',
  'GET /request-logs/log/checkpoint': 'get-log',
  'GET /request-logs/log/consistency': 'get-log',
  'GET /request-logs/log/leaves': 'get-log',
  'GET /request-logs/log/key': 'get-log',
  'GET /request-logs/log/witnesses': 'get-log',
  'GET /request-logs/directory/{field}': 'list-directory',
  'GET /request-logs/views': 'saved-views',
  'POST /request-logs/views': 'saved-views',
  'PUT /request-logs/views/{viewId}': 'saved-views',
  'DELETE /request-logs/views/{viewId}': 'saved-views',
};

describe('QueryApi', () => {
  it('requires a token on every route except the API document', () => {
    const documentRoute = 'GET /openapi.json';
    const found = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties,
    );
    expect(found.map(({ RouteKey }) => RouteKey).sort()).toEqual(
      [...Object.keys(routes), documentRoute].sort(),
    );
    for (const { RouteKey, AuthorizationType, AuthorizerId } of found) {
      const authorizer = { Ref: findId(template, 'AWS::ApiGatewayV2::Authorizer', '') };
      const expected = RouteKey === documentRoute ? ['NONE', undefined] : ['JWT', authorizer];
      expect([AuthorizationType, AuthorizerId], RouteKey).toEqual(expected);
    }
  });

  it('serves the API document with a function that can only write logs', () => {
    const { environment, permissions } = findFunction(template, 'get-openapi');
    expect(Object.keys(environment)).toEqual(['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE']);
    expect(new Set(permissions.map(({ action }) => action.split(':')[0]))).toEqual(new Set(['logs']));
  });

  const routeFunctions = [...Object.entries(routes), ['GET /openapi.json', 'get-openapi']] as const;

  it.each(routeFunctions)('routes %s to function %s', (routeKey, entry) => {
    const { logicalId } = findFunction(template, entry);
    const integrations = template.findResources('AWS::ApiGatewayV2::Integration', {
      Properties: {
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': [logicalId, 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    });
    const [integrationId] = Object.keys(integrations);
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: routeKey,
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: integrationId }]] },
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: { 'Fn::GetAtt': [logicalId, 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
    });
  });

  it.each([
    ['get-proof', ['dynamodb:GetItem', 'kms:GetPublicKey', 's3:GetObject', 's3:ListBucket']],
    ['get-log', ['kms:GetPublicKey', 's3:GetObject', 's3:ListBucket']],
  ])('lets %s read the sealed log, and neither write to it nor sign', (entry, actions) => {
    const own = findFunction(template, entry)
      .permissions.map(({ action }) => action)
      .filter((action) => !/^(logs|xray):|^kms:(Decrypt|DescribeKey)$/.test(action));
    expect([...new Set(own)].sort()).toEqual(actions);
  });

  it('throttles as configured', () => {
    const throttled = synthesize({ ...issuerSettings, throttling: { requestsPerSecond: 7, burst: 9 } });
    throttled.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 },
    });
  });

  it('logs each request as JSON with the caller, but without the query and the token', () => {
    const stage = propertiesOf(template, 'AWS::ApiGatewayV2::Stage', '');
    const { DestinationArn, Format } = stage.AccessLogSettings as { DestinationArn: unknown; Format: string };
    expect(DestinationArn).toEqual(arnOf(template, 'AWS::Logs::LogGroup', 'QueryApiAccessLog'));
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      functionRequestId: '$context.awsEndpointRequestId',
      subject: '$context.authorizer.claims.sub',
    });
    expect(Format).not.toMatch(/querystring|\$context\.path|authorization/i);
  });

  it('allows only browsers of the configured origins', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' });
    expect(propertiesOf(template, 'AWS::ApiGatewayV2::Api', '')).not.toHaveProperty('CorsConfiguration');
    const corsOrigins = ['https://ops.example.com'];
    synthesize({ ...issuerSettings, corsOrigins }).hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: {
        AllowOrigins: corsOrigins,
        AllowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
        AllowHeaders: ['authorization', 'content-type'],
        ExposeHeaders: [...Object.values(exportHeaderNames), 'retry-after'],
      },
    });
  });

  it('sets exactly the environment variables that each function reads', () => {
    const tables = 'AWS::DynamoDB::Table';
    const common = {
      POWERTOOLS_METRICS_NAMESPACE: 'RequestLogs/test',
      TABLE_NAME: { Ref: findId(template, tables, 'Entries') },
      ROLE_MAP: JSON.stringify(defaultRoleMap),
      IDENTITY_CLAIMS: JSON.stringify(defaultIdentityClaims),
    };
    const { TABLE_NAME: _, ...withoutEntries } = common;
    const logNames = {
      LOG_BUCKET_NAME: { Ref: findId(template, 'AWS::S3::Bucket', 'SealedLog') },
      LOG_IDENTITY: expect.anything(),
      SIGNING_KEY_ARN: arnOf(template, 'AWS::KMS::Key', 'SealedLogSigningKey'),
    };
    expect(findFunction(template, 'get-entry').environment).toEqual({
      ...common,
      ...logNames,
      POWERTOOLS_SERVICE_NAME: 'get-entry',
      OVERFLOW_BUCKET_NAME: { Ref: findId(template, 'AWS::S3::Bucket', 'Overflow') },
    });
    const proof = { ...common, ...logNames, POWERTOOLS_SERVICE_NAME: 'get-proof' };
    expect(findFunction(template, 'get-proof').environment).toEqual(proof);
    const log = { ...withoutEntries, ...logNames, POWERTOOLS_SERVICE_NAME: 'get-log' };
    expect(findFunction(template, 'get-log').environment).toEqual(log);
    expect(findFunction(template, 'list-directory').environment).toEqual({
      ...withoutEntries,
      POWERTOOLS_SERVICE_NAME: 'list-directory',
      DIRECTORY_TABLE_NAME: { Ref: findId(template, tables, 'Directory') },
    });
    expect(findFunction(template, 'saved-views').environment).toEqual({
      ...withoutEntries,
      POWERTOOLS_SERVICE_NAME: 'saved-views',
      VIEW_TABLE_NAME: { Ref: findId(template, tables, 'Views') },
    });
    const budgets = {
      'list-entries': '128',
      'export-entries': '128',
      summarize: '1024',
      'get-history': '128',
    };
    for (const [entry, readBudgetUnits] of Object.entries(budgets)) {
      expect(findFunction(template, entry).environment).toEqual({
        ...common,
        ...(!['summarize', 'get-history'].includes(entry) && logNames),
        ...(entry === 'summarize' && { LOG_BUCKET_NAME: logNames.LOG_BUCKET_NAME }),
        POWERTOOLS_SERVICE_NAME: entry,
        DIRECTORY_TABLE_NAME: { Ref: findId(template, tables, 'Directory') },
        INDEX_SHARDS: '{}',
        READ_BUDGET_UNITS: readBudgetUnits,
        OVERFLOW_BUCKET_NAME: { Ref: findId(template, 'AWS::S3::Bucket', 'Overflow') },
      });
    }
  });

  it('limits function timeouts to the integration timeout of an HTTP API', () => {
    for (const entry of Object.values(routes)) {
      expect(findFunction(template, entry).properties.Timeout).toBeLessThan(30);
    }
  });

  it('grants query functions only their log, the tables, keys, states of complete entries, and the sealed log', () => {
    const readers = [
      'list-entries',
      'get-entry',
      'get-history',
      'export-entries',
      'summarize',
      'get-proof',
      'get-log',
    ];
    for (const entry of Object.values(routes)) {
      const services = findFunction(template, entry).permissions.map(({ action }) => action.split(':')[0]);
      const objects = readers.includes(entry) ? ['s3'] : [];
      const tables = entry === 'get-log' ? [] : ['dynamodb'];
      expect(new Set(services)).toEqual(new Set(['logs', 'kms', ...tables, ...objects]));
    }
  });
});
