// CloudFront: distributions, their policies and functions, and origin access controls for buckets.
import * as z from 'zod/mini';
import { defineKind, type Naming } from './resource-kind.ts';

const behavior = {
  TargetOriginId: z.string(),
  ViewerProtocolPolicy: z.enum(['allow-all', 'redirect-to-https', 'https-only']),
  AllowedMethods: z.optional(z.array(z.string())),
  CachePolicyId: z.string(),
  OriginRequestPolicyId: z.optional(z.string()),
  ResponseHeadersPolicyId: z.optional(z.string()),
  Compress: z.optional(z.boolean()),
  FunctionAssociations: z.optional(
    z.array(z.strictObject({ EventType: z.literal('viewer-request'), FunctionARN: z.string() })),
  ),
};

const origin = z.strictObject({
  Id: z.string(),
  DomainName: z.string(),
  OriginAccessControlId: z.optional(z.string()),
  S3OriginConfig: z.optional(z.strictObject({ OriginAccessIdentity: z.optional(z.literal('')) })),
  /** How CloudFront connects to the origin. Has no effect, because both run in one process. */
  CustomOriginConfig: z.optional(z.unknown()),
});

export const distributionKind = defineKind({
  type: 'AWS::CloudFront::Distribution',
  properties: z.strictObject({
    DistributionConfig: z.strictObject({
      Enabled: z.literal(true),
      DefaultCacheBehavior: z.strictObject(behavior),
      CacheBehaviors: z.optional(z.array(z.strictObject({ PathPattern: z.string(), ...behavior }))),
      Origins: z.array(origin),
      DefaultRootObject: z.optional(z.string()),
      Aliases: z.optional(z.array(z.string())),
      Comment: z.optional(z.string()),
      /** Protocols and certificate for browsers. Has no effect, because the local stack serves plain HTTP. */
      HttpVersion: z.optional(z.string()),
      IPV6Enabled: z.optional(z.boolean()),
      ViewerCertificate: z.optional(z.unknown()),
      PriceClass: z.optional(z.string()),
    }),
  }),
  accepted: { Tags: 'tags' },
  identify: (naming) => {
    const id = `E${naming.generatedId(13).toUpperCase()}`;
    return { ref: id, attributes: { Id: id, DomainName: `d${naming.generatedId(13)}.cloudfront.net` } };
  },
});

const named = (naming: Naming) => ({
  ref: naming.generatedId(32),
  attributes: { Id: naming.generatedId(32) },
});

export const originAccessControlKind = defineKind({
  type: 'AWS::CloudFront::OriginAccessControl',
  properties: z.strictObject({
    OriginAccessControlConfig: z.strictObject({
      Name: z.string(),
      OriginAccessControlOriginType: z.literal('s3'),
      SigningBehavior: z.literal('always'),
      SigningProtocol: z.literal('sigv4'),
    }),
  }),
  accepted: {},
  identify: named,
});

export const cachePolicyKind = defineKind({
  type: 'AWS::CloudFront::CachePolicy',
  properties: z.strictObject({
    CachePolicyConfig: z.strictObject({
      Name: z.string(),
      Comment: z.optional(z.string()),
      /** Has no effect, because nothing is cached: each request reads the file. */
      DefaultTTL: z.number(),
      MaxTTL: z.number(),
      MinTTL: z.number(),
      ParametersInCacheKeyAndForwardedToOrigin: z.looseObject({
        EnableAcceptEncodingBrotli: z.optional(z.boolean()),
        EnableAcceptEncodingGzip: z.boolean(),
      }),
    }),
  }),
  accepted: {},
  identify: named,
});

const override = { Override: z.boolean() };

export const responseHeadersPolicyKind = defineKind({
  type: 'AWS::CloudFront::ResponseHeadersPolicy',
  properties: z.strictObject({
    ResponseHeadersPolicyConfig: z.strictObject({
      Name: z.string(),
      Comment: z.optional(z.string()),
      CustomHeadersConfig: z.optional(
        z.strictObject({
          Items: z.array(z.strictObject({ Header: z.string(), Value: z.string(), ...override })),
        }),
      ),
      SecurityHeadersConfig: z.optional(
        z.strictObject({
          ContentSecurityPolicy: z.optional(
            z.strictObject({ ContentSecurityPolicy: z.string(), ...override }),
          ),
          ContentTypeOptions: z.optional(z.strictObject(override)),
          FrameOptions: z.optional(z.strictObject({ FrameOption: z.string(), ...override })),
          ReferrerPolicy: z.optional(z.strictObject({ ReferrerPolicy: z.string(), ...override })),
          StrictTransportSecurity: z.optional(
            z.strictObject({
              AccessControlMaxAgeSec: z.number(),
              IncludeSubdomains: z.optional(z.boolean()),
              Preload: z.optional(z.boolean()),
              ...override,
            }),
          ),
        }),
      ),
    }),
  }),
  accepted: {},
  identify: named,
});

export const cloudFrontFunctionKind = defineKind({
  type: 'AWS::CloudFront::Function',
  properties: z.strictObject({
    Name: z.string(),
    FunctionCode: z.string(),
    FunctionConfig: z.strictObject({
      Runtime: z.enum(['cloudfront-js-1.0', 'cloudfront-js-2.0']),
      Comment: z.optional(z.string()),
    }),
    AutoPublish: z.literal(true),
  }),
  accepted: {},
  identify: (naming) => {
    const arn = `arn:aws:cloudfront::${naming.accountId}:function/${naming.property('Name') ?? naming.logicalId}`;
    return { ref: arn, attributes: { FunctionARN: arn } };
  },
});
