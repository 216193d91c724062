// The query API: an HTTP API and its functions. Every route except the API document requires a token.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { exportHeaderNames } from '../../core/export/export-header-names.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';
import type { OverflowBucket } from './overflow-bucket.ts';
import type { SealedLog } from './sealed-log.ts';
import type { Tables } from './tables.ts';

export interface QueryApiProps {
  readonly functionDefaults: FunctionDefaults;
  readonly apiName: string;
  readonly tables: Tables;
  readonly overflow: OverflowBucket;
  readonly sealedLog: SealedLog;
  readonly authorizer: apigateway.IHttpRouteAuthorizer;
  /** Origins of other pages that can call the API; empty means none. */
  readonly corsOrigins: readonly string[];
  readonly throttle: apigateway.ThrottleSettings;
  readonly removalPolicy: RemovalPolicy;
  /** JSON for the functions: role name to granted permissions. */
  readonly roleMap: string;
  /** JSON for the functions: names of the token claims. */
  readonly identityClaims: string;
  /** JSON for the functions: shard counts of the indexes. */
  readonly indexShards: string;
  /** Read units that one list or export request can spend. A summary can spend `summaryBudgetFactor` times as many. */
  readonly readBudgetUnits: number;
}

/** A summary reads a complete range, which would take many requests with the budget of a list. */
const summaryBudgetFactor = 8;

const [GET, POST, PUT, DELETE] = ['GET', 'POST', 'PUT', 'DELETE'] as const;

interface Route {
  readonly path: string;
  readonly methods: readonly (typeof GET | typeof POST | typeof PUT | typeof DELETE)[];
}

/** An HTTP API times out after 30 seconds, so no one would receive a later response. */
const timeout = Duration.seconds(29);

/** Fields of the access log. The query string is not logged, because it can contain names of people. */
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
  // Identifies the function's invocation and its trace, even if it ended before it logged anything.
  functionRequestId: '$context.awsEndpointRequestId',
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
      description: 'Query API of MayaOps Request Logs',
      createDefaultStage: false,
      defaultAuthorizer: props.authorizer,
      ...(props.corsOrigins.length > 0 && {
        corsPreflight: {
          allowOrigins: [...props.corsOrigins],
          allowMethods: [GET, POST, PUT, DELETE].map((method) => apigateway.CorsHttpMethod[method]),
          allowHeaders: ['authorization', 'content-type'],
          exposeHeaders: [...Object.values(exportHeaderNames), 'retry-after'],
        },
      }),
    });
    this.addStage();

    const listEntries = this.addRoute('/request-logs', 'ListEntries', {
      entry: 'list-entries',
      description: 'Returns a page of entries that match a query',
      memoryMebibytes: 1024,
    });
    this.allowSearch(listEntries, props.readBudgetUnits);
    props.sealedLog.grantProve(listEntries);

    const exportEntries = this.addRoute('/request-logs/export', 'ExportEntries', {
      entry: 'export-entries',
      description: 'Returns a page of entries that match a query, as CSV or NDJSON',
      memoryMebibytes: 1024,
    });
    this.allowSearch(exportEntries, props.readBudgetUnits);
    props.sealedLog.grantProve(exportEntries);

    const summarize = this.addRoute('/request-logs/summary', 'Summarize', {
      entry: 'summarize',
      description: 'Returns counts of entries that match a query',
      memoryMebibytes: 1024,
    });
    this.allowSearch(summarize, summaryBudgetFactor * props.readBudgetUnits);
    props.sealedLog.grantCount(summarize);

    const getEntry = this.addRoute('/request-logs/{id}', 'GetEntry', {
      entry: 'get-entry',
      description: 'Returns one entry, with its states and changes',
      memoryMebibytes: 1024,
    });
    props.tables.grantGetEntry(getEntry);
    props.overflow.grantGetEntry(getEntry);
    props.sealedLog.grantProve(getEntry);

    const listDirectory = this.addRoute('/request-logs/directory/{field}', 'ListDirectory', {
      entry: 'list-directory',
      description: 'Returns recorded values: users, accounts, regions, or resource names',
    });
    props.tables.grantListDirectory(listDirectory);
    this.addViewRoutes();
    this.addHistoryRoute();
    this.addLogRoutes();
    this.addDocumentRoute();
  }

  /** Adds the routes of saved views, the only routes that write. Their function can neither read nor write entries. */
  private addViewRoutes(): void {
    const routes = [
      { path: '/request-logs/views', methods: [GET, POST] },
      { path: '/request-logs/views/{viewId}', methods: [PUT, DELETE] },
    ];
    const savedViews = this.addRoute(routes, 'SavedViews', {
      entry: 'saved-views',
      description: 'Lists, creates, changes, and deletes saved views',
    });
    this.props.tables.grantSavedViews(savedViews);
  }

  /** Adds the route of the history of a target. Its function reads only the two indexes that contain a target's entries. */
  private addHistoryRoute(): void {
    const getHistory = this.addRoute('/request-logs/history', 'GetHistory', {
      entry: 'get-history',
      description: 'Returns the history of a service or resource, or its state at a point in time',
      memoryMebibytes: 1024,
    });
    this.setSearchEnvironment(getHistory, this.props.readBudgetUnits);
    this.props.tables.grantGetHistory(getHistory);
    this.props.tables.grantGetEntries(getHistory);
    this.props.overflow.grantGetEntry(getHistory);
  }

  /** Adds the routes of the sealed log. Their functions can neither write to it nor sign. */
  private addLogRoutes(): void {
    const getProof = this.addRoute('/request-logs/{id}/proof', 'GetProof', {
      entry: 'get-proof',
      description: 'Returns the proof that an entry is in the sealed log',
    });
    this.props.tables.grantGetEntry(getProof);
    this.props.sealedLog.grantProve(getProof);
    this.props.sealedLog.setWitnesses(getProof);

    const logPaths = ['checkpoint', 'consistency', 'leaves', 'key', 'witnesses'].map(
      (document) => `/request-logs/log/${document}`,
    );
    const getLog = this.addRoute(logPaths, 'GetLog', {
      entry: 'get-log',
      description: 'Returns the checkpoint, leaves, and keys of the sealed log, and consistency proofs',
    });
    this.props.sealedLog.grantProve(getLog);
    this.props.sealedLog.setWitnesses(getLog);
  }

  /** Adds the API document, the only route that requires no token. It contains no data. */
  private addDocumentRoute(): void {
    const getOpenApi = new NodeFunction(this, 'GetOpenApi', {
      ...this.props.functionDefaults,
      entry: 'get-openapi',
      description: 'Returns the OpenAPI document',
      memoryMebibytes: 128,
    });
    const [route] = this.api.addRoutes({
      path: '/openapi.json',
      methods: [apigateway.HttpMethod.GET],
      integration: new HttpLambdaIntegration('GetOpenApiIntegration', getOpenApi.handler),
      authorizer: new apigateway.HttpNoneAuthorizer(),
    });
    Validations.of(route ?? this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The API document is the same for everyone and contains no data. Tools fetch it without a token.',
    });
  }

  /** Adds one or more routes, GET unless stated otherwise, and their function, which knows roles and claims and has no other permissions yet. */
  private addRoute(
    routes: string | readonly (string | Route)[],
    id: string,
    func: { entry: string; description: string; memoryMebibytes?: number },
  ): NodeFunction {
    const handler = new NodeFunction(this, id, { ...this.props.functionDefaults, timeout, ...func });
    handler.setEnvironment({
      [environmentNames.roleMap]: this.props.roleMap,
      [environmentNames.identityClaims]: this.props.identityClaims,
    });
    const integration = new HttpLambdaIntegration(`${id}Integration`, handler.handler);
    for (const route of [routes].flat()) {
      const { path, methods } = typeof route === 'string' ? { path: route, methods: [GET] } : route;
      this.api.addRoutes({
        path,
        methods: methods.map((method) => apigateway.HttpMethod[method]),
        integration,
      });
    }
    return handler;
  }

  /** Grants what a function needs to search entries, and sets the read units of a request. */
  private allowSearch(handler: NodeFunction, readBudgetUnits: number): void {
    this.setSearchEnvironment(handler, readBudgetUnits);
    this.props.tables.grantListEntries(handler);
    this.props.tables.grantGetEntries(handler);
    this.props.overflow.grantGetEntry(handler);
  }

  private setSearchEnvironment(handler: NodeFunction, readBudgetUnits: number): void {
    handler.setEnvironment({
      [environmentNames.indexShards]: this.props.indexShards,
      [environmentNames.readBudgetUnits]: String(readBudgetUnits),
    });
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
