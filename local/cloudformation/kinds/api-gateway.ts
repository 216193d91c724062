// API Gateway HTTP APIs: routes, integrations, the JWT authorizer and the stage.
import * as z from 'zod/mini';
import { defineKind } from './resource-kind.ts';

export const apiKind = defineKind({
  type: 'AWS::ApiGatewayV2::Api',
  properties: z.strictObject({
    Name: z.string(),
    ProtocolType: z.literal('HTTP'),
    CorsConfiguration: z.optional(
      z.strictObject({
        AllowOrigins: z.optional(z.array(z.string())),
        AllowMethods: z.optional(z.array(z.string())),
        AllowHeaders: z.optional(z.array(z.string())),
        ExposeHeaders: z.optional(z.array(z.string())),
        AllowCredentials: z.optional(z.boolean()),
        MaxAge: z.optional(z.number()),
      }),
    ),
  }),
  accepted: {
    Description: 'description',
    DisableExecuteApiEndpoint: 'host names and address types have no effect',
    IpAddressType: 'host names and address types have no effect',
    Tags: 'tags',
  },
  identify: (naming) => {
    const id = naming.generatedId(10);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: naming.gatewayUrl } };
  },
});

export const integrationKind = defineKind({
  type: 'AWS::ApiGatewayV2::Integration',
  properties: z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    TimeoutInMillis: z.optional(z.number()),
  }),
  accepted: { Description: 'description', IntegrationMethod: 'functions are always invoked with POST' },
  identify: (naming) => ({ ref: naming.generatedId(7), attributes: {} }),
});

export const routeKind = defineKind({
  type: 'AWS::ApiGatewayV2::Route',
  properties: z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string(),
    AuthorizationType: z.optional(z.enum(['NONE', 'JWT'])),
    AuthorizerId: z.optional(z.string()),
    AuthorizationScopes: z.optional(z.array(z.string())),
  }),
  accepted: { OperationName: 'description' },
  identify: (naming) => ({ ref: naming.generatedId(7), attributes: { RouteId: naming.generatedId(7) } }),
});

export const authorizerKind = defineKind({
  type: 'AWS::ApiGatewayV2::Authorizer',
  properties: z.strictObject({
    ApiId: z.string(),
    Name: z.string(),
    AuthorizerType: z.literal('JWT'),
    IdentitySource: z.array(z.string()),
    JwtConfiguration: z.strictObject({ Audience: z.array(z.string()), Issuer: z.string() }),
  }),
  accepted: {},
  identify: (naming) => ({
    ref: naming.generatedId(6),
    attributes: { AuthorizerId: naming.generatedId(6) },
  }),
});

export const stageKind = defineKind({
  type: 'AWS::ApiGatewayV2::Stage',
  properties: z.strictObject({
    ApiId: z.string(),
    StageName: z.string(),
    AutoDeploy: z.optional(z.boolean()),
    AccessLogSettings: z.optional(z.strictObject({ DestinationArn: z.string(), Format: z.string() })),
  }),
  accepted: {
    DefaultRouteSettings: 'no throttling and no detailed metrics',
    RouteSettings: 'no throttling and no detailed metrics',
    Description: 'description',
    Tags: 'tags',
  },
  identify: (naming) => ({ ref: naming.property('StageName') ?? '$default', attributes: {} }),
});
