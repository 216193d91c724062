import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  asList,
  domainSettings,
  findId,
  hostedSettings,
  issuerSettings,
  poolSettings,
  propertiesOf,
  synthesize,
} from '../synthesize.ts';

const template = synthesize(hostedSettings);
const pooled = synthesize(poolSettings);

const behaviorSchema = z.looseObject({
  PathPattern: z.optional(z.string()),
  TargetOriginId: z.string(),
  CachePolicyId: z.unknown(),
  OriginRequestPolicyId: z.optional(z.string()),
  AllowedMethods: z.optional(z.array(z.string())),
  ViewerProtocolPolicy: z.string(),
  ResponseHeadersPolicyId: z.object({ Ref: z.string() }),
  FunctionAssociations: z.optional(z.array(z.object({ EventType: z.string(), FunctionARN: z.unknown() }))),
});

const distributionSchema = z.looseObject({
  DefaultCacheBehavior: behaviorSchema,
  CacheBehaviors: z.array(behaviorSchema),
  Origins: z.array(
    z.looseObject({
      Id: z.string(),
      DomainName: z.unknown(),
      OriginAccessControlId: z.optional(z.unknown()),
      CustomOriginConfig: z.optional(z.record(z.string(), z.unknown())),
    }),
  ),
});

const distributionOf = (one: typeof template) =>
  distributionSchema.parse(propertiesOf(one, 'AWS::CloudFront::Distribution', '').DistributionConfig);

const distribution = distributionOf(template);
const originOf = ({ TargetOriginId }: { TargetOriginId: string }) =>
  distribution.Origins.find(({ Id }) => Id === TargetOriginId);

/** Returns the directives of a content security policy. */
function policyOf(name: string, one = template): Record<string, string> {
  const { ResponseHeadersPolicyConfig } = propertiesOf(
    one,
    'AWS::CloudFront::ResponseHeadersPolicy',
    name,
  ) as {
    ResponseHeadersPolicyConfig: {
      SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: unknown; Override: boolean } };
    };
  };
  const { ContentSecurityPolicy, Override } =
    ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy;
  expect(Override).toBe(true);
  const text =
    typeof ContentSecurityPolicy === 'string' ? ContentSecurityPolicy : JSON.stringify(ContentSecurityPolicy);
  return Object.fromEntries(
    text.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );
}

describe('the dashboard site', () => {
  it('is not hosted without a sign-in', () => {
    const template = synthesize(issuerSettings);
    template.resourceCountIs('AWS::CloudFront::Distribution', 0);
    template.resourceCountIs('Custom::CDKBucketDeployment', 0);
  });

  it('keeps its files in a private bucket that only the distribution can read', () => {
    expect(propertiesOf(template, 'AWS::S3::Bucket', 'DashboardFiles')).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    const { PolicyDocument } = propertiesOf(template, 'AWS::S3::BucketPolicy', 'DashboardFiles') as {
      PolicyDocument: {
        Statement: { Effect: string; Principal: unknown; Action: unknown; Condition: unknown }[];
      };
    };
    const allowed = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Action: 's3:GetObject',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
    });
    expect(JSON.stringify(allowed[0]?.Condition)).toContain(
      findId(template, 'AWS::CloudFront::Distribution', ''),
    );
    const denied = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Deny');
    expect(denied.map(({ Condition }) => Condition)).toContainEqual({
      Bool: { 'aws:SecureTransport': 'false' },
    });
  });

  it('signs its requests to the bucket', () => {
    const origin = originOf(distribution.DefaultCacheBehavior);
    expect(origin?.OriginAccessControlId).toEqual({
      'Fn::GetAtt': [findId(template, 'AWS::CloudFront::OriginAccessControl', ''), 'Id'],
    });
    template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    });
    expect(origin?.DomainName).toEqual({
      'Fn::GetAtt': [findId(template, 'AWS::S3::Bucket', 'DashboardFiles'), 'RegionalDomainName'],
    });
  });

  it('routes exactly the routes of the API to the API', () => {
    const patterns = distribution.CacheBehaviors.map(({ PathPattern = '' }) => PathPattern);
    expect(patterns).toEqual(['/request-logs*', '/openapi.json']);
    const matches = (path: string) =>
      patterns.some((pattern) =>
        pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
      );
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'));
    for (const { Properties } of routes) expect(matches(Properties.RouteKey.split(' ')[1])).toBe(true);
    for (const path of ['/', '/index.html', '/config.json', '/callback', '/entries/01M7', '/assets/a.js']) {
      expect(matches(path)).toBe(false);
    }
  });

  it('caches no response of the API, forwards the token and changes nothing', () => {
    for (const behavior of distribution.CacheBehaviors) {
      expect(behavior).toMatchObject({
        // Managed-CachingDisabled, Managed-AllViewerExceptHostHeader
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        ViewerProtocolPolicy: 'https-only',
      });
      expect(behavior.FunctionAssociations).toBeUndefined();
      expect(originOf(behavior)).toMatchObject({
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      });
      expect(JSON.stringify(originOf(behavior)?.DomainName)).toContain(
        findId(template, 'AWS::ApiGatewayV2::Api', ''),
      );
    }
    expect(distribution).not.toHaveProperty('CustomErrorResponses');
  });

  it('allows the page to load and run only its own files', () => {
    expect(policyOf('Page')).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self'",
      'font-src': "'self'",
      'connect-src': "'self' https://issuer.example.com",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(distribution.DefaultCacheBehavior.ResponseHeadersPolicyId.Ref).toBe(
      findId(template, 'AWS::CloudFront::ResponseHeadersPolicy', 'Page'),
    );
  });

  it('allows a response of the API to load nothing', () => {
    expect(policyOf('Data')).toEqual({ 'default-src': "'none'", 'frame-ancestors': "'none'" });
    for (const { ResponseHeadersPolicyId } of distribution.CacheBehaviors) {
      expect(ResponseHeadersPolicyId.Ref).toBe(
        findId(template, 'AWS::CloudFront::ResponseHeadersPolicy', 'Data'),
      );
    }
  });

  it.each(['Page', 'Data'])('sends the other security headers: %s', (name) => {
    expect(propertiesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy', name)).toMatchObject({
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
        },
        CustomHeadersConfig: {
          Items: expect.arrayContaining([
            { Header: 'cross-origin-opener-policy', Value: 'same-origin', Override: true },
          ]),
        },
      },
    });
  });

  it('allows the page to connect to the issuer and to configured origins', () => {
    const { dashboard } = hostedSettings.identity;
    const more = synthesize({
      ...hostedSettings,
      identity: {
        ...hostedSettings.identity,
        dashboard: { ...dashboard, connectOrigins: ['https://tokens.example.com'] },
      },
    });
    expect(policyOf('Page', more)['connect-src']).toBe(
      "'self' https://issuer.example.com https://tokens.example.com",
    );
    const pool = policyOf('Page', pooled)['connect-src'];
    expect(pool).toContain('https://cognito-idp.');
    expect(pool).toContain(findId(pooled, 'AWS::Cognito::UserPoolDomain', ''));
  });

  it('is cached by browsers only where file names identify the content', () => {
    const deployments = Object.values(template.findResources('Custom::CDKBucketDeployment')).map(
      ({ Properties }) => ({
        cacheControl: Properties.SystemMetadata['cache-control'],
        exclude: Properties.Exclude,
        include: Properties.Include,
        prune: Properties.Prune,
      }),
    );
    expect(deployments).toEqual([
      {
        cacheControl: 'public, max-age=31536000, immutable',
        exclude: ['*'],
        include: ['assets/*'],
        // A page that was opened before still loads its parts.
        prune: false,
      },
      { cacheControl: 'no-cache', exclude: ['assets/*'], include: undefined, prune: true },
    ]);
    template.hasResourceProperties('AWS::CloudFront::CachePolicy', { CachePolicyConfig: { MinTTL: 0 } });
  });

  it('deploys the page after the files that it refers to', () => {
    const hashed = findId(template, 'Custom::CDKBucketDeployment', 'Hashed');
    const named = template.findResources('Custom::CDKBucketDeployment')[
      findId(template, 'Custom::CDKBucketDeployment', 'Named')
    ];
    expect(asList(named?.DependsOn)).toContain(hashed);
  });

  it('accepts a custom domain, with TLS 1.2 or later', () => {
    const own = synthesize({ ...hostedSettings, ...domainSettings });
    own.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['logs.example.com'],
        ViewerCertificate: {
          AcmCertificateArn: domainSettings.dashboard.certificateArn,
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
      },
    });
    own.hasOutput('DashboardUrl', { Value: 'https://logs.example.com' });
    synthesize({ ...poolSettings, ...domainSettings }).hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: ['https://logs.example.com/callback'],
      LogoutURLs: ['https://logs.example.com/'],
    });
  });

  it('empties its bucket when the configuration says destroy', () => {
    const keeping = (one: typeof template) =>
      Object.values(one.findResources('Custom::CDKBucketDeployment')).map(
        ({ Properties }) => Properties.RetainOnDelete ?? true,
      );
    expect(keeping(template)).toEqual([true, true]);
    expect(keeping(synthesize({ ...hostedSettings, removalPolicy: 'destroy' }))).toEqual([false, false]);
  });
});
