// The way out: an HTTP API whose every route needs a token, and the functions behind it.
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { environmentNames } from '../core/environment.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';
import type { Tables } from './tables.ts';

export interface QueryApiProps {
  readonly functionDefaults: FunctionDefaults;
  readonly apiName: string;
  readonly tables: Tables;
  readonly authorizer: apigateway.IHttpRouteAuthorizer;
  /** Origins of the dashboard; empty means that no browser on another origin may ask. */
  readonly corsOrigins: readonly string[];
  readonly throttle: apigateway.ThrottleSettings;
  readonly removalPolicy: RemovalPolicy;
  /** JSON for the functions: role name to granted permissions. */
  readonly roleMap: string;
  /** JSON for the functions: names of the token claims. */
  readonly identityClaims: string;
  /** JSON for the functions: shard counts of the indexes. */
  readonly indexShards: string;
  /** Read units that one list request may spend. */
  readonly readBudgetUnits: number;
}

/** An HTTP API gives up after 30 seconds; a function that takes longer than this answers nobody. */
const timeout = Duration.seconds(29);

/** What of each request is logged: never the query, which may name people. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  status: '$context.status',
  protocol: '$context.protocol',
  responseBytes: '$context.responseLength',
  latencyMillis: '$context.responseLatency',
  subject: '$context.authorizer.claims.sub',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

/** API, stage, routes and query functions. */
export class QueryApi extends Construct {
  readonly api: apigateway.HttpApi;
  private readonly props: QueryApiProps;

  constructor(scope: Construct, id: string, props: QueryApiProps) {
    super(scope, id);
    this.props = props;
    this.api = new apigateway.HttpApi(this, 'Api', {
      apiName: props.apiName,
      description: 'Request Logs of MayaOps',
      createDefaultStage: false,
      defaultAuthorizer: props.authorizer,
      ...(props.corsOrigins.length > 0 && {
        corsPreflight: {
          allowOrigins: [...props.corsOrigins],
          allowMethods: [apigateway.CorsHttpMethod.GET],
          allowHeaders: ['authorization'],
        },
      }),
    });
    this.addStage();

    const listEntries = this.addRoute('/request-logs', 'ListEntries', {
      entry: 'list-entries',
      description: 'Answers a query with a page of entries',
      memoryMebibytes: 1024,
    });
    listEntries.setEnvironment({
      [environmentNames.indexShards]: props.indexShards,
      [environmentNames.readBudgetUnits]: String(props.readBudgetUnits),
    });
    props.tables.grantListEntries(listEntries);

    const getEntry = this.addRoute('/request-logs/{id}', 'GetEntry', {
      entry: 'get-entry',
      description: 'Answers with one entry, states and changes included',
    });
    props.tables.grantGetEntry(getEntry);
  }

  /** A GET route with its function, which knows roles and claims and has no further rights yet. */
  private addRoute(
    path: string,
    id: string,
    func: { entry: string; description: string; memoryMebibytes?: number },
  ): NodeFunction {
    const handler = new NodeFunction(this, id, { ...this.props.functionDefaults, timeout, ...func });
    handler.setEnvironment({
      [environmentNames.roleMap]: this.props.roleMap,
      [environmentNames.identityClaims]: this.props.identityClaims,
    });
    this.api.addRoutes({
      path,
      methods: [apigateway.HttpMethod.GET],
      integration: new HttpLambdaIntegration(`${id}Integration`, handler.handler),
    });
    return handler;
  }

  private addStage(): void {
    const accessLog = new logs.LogGroup(this, 'AccessLog', {
      encryptionKey: this.props.functionDefaults.logKey,
      retention: this.props.functionDefaults.logRetention,
      removalPolicy: this.props.removalPolicy,
    });
    new apigateway.HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: this.props.throttle,
      accessLogSettings: {
        destination: new apigateway.LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }
}
