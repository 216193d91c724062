// A template with a distribution, its bucket and API origins, and a bucket deployment. Tests can change it before
// loading.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** Creates a new copy. `Resources` is loosely typed so that tests can change it. */
export function siteTemplate() {
  // biome-ignore lint/suspicious/noExplicitAny: tests can change any part of the template
  const Resources: Record<string, any> = {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    BucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: 'Bucket' },
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:GetObject',
              Principal: { Service: 'cloudfront.amazonaws.com' },
              Resource: { 'Fn::Join': ['', [arn('Bucket'), '/*']] },
              Condition: {
                StringEquals: {
                  'AWS:SourceArn': {
                    'Fn::Join': [
                      '',
                      [
                        'arn:aws:cloudfront::',
                        { Ref: 'AWS::AccountId' },
                        ':distribution/',
                        { Ref: 'Distribution' },
                      ],
                    ],
                  },
                },
              },
            },
          ],
        },
      },
    },
    Deployer: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: 'never-run.zip' },
        Handler: 'index.handler',
        Role: 'arn:aws:iam::210987654321:role/none',
        Runtime: 'python3.13',
      },
    },
    Files: {
      Type: 'Custom::CDKBucketDeployment',
      Properties: {
        ServiceToken: arn('Deployer'),
        SourceBucketNames: ['assets', 'assets'],
        SourceObjectKeys: ['page.zip', 'config.zip'],
        SourceMarkers: [{}, { '<<marker:0>>': { Ref: 'AWS::AccountId' }, '<<marker:1>>': 'say "hi"' }],
        SourceMarkersConfig: [{}, { jsonEscape: true }],
        DestinationBucketName: { Ref: 'Bucket' },
        Exclude: ['drafts/*'],
        SystemMetadata: { 'cache-control': 'no-cache' },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
    Access: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: 'access',
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    Cache: {
      Type: 'AWS::CloudFront::CachePolicy',
      Properties: {
        CachePolicyConfig: {
          Name: 'cache',
          DefaultTTL: 1,
          MaxTTL: 1,
          MinTTL: 0,
          ParametersInCacheKeyAndForwardedToOrigin: {
            EnableAcceptEncodingBrotli: true,
            EnableAcceptEncodingGzip: true,
          },
        },
      },
    },
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'headers',
          SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
          CustomHeadersConfig: {
            Items: [
              { Header: 'X-Kept', Value: 'policy', Override: false },
              { Header: 'X-Replaced', Value: 'policy', Override: true },
            ],
          },
        },
      },
    },
    Route: {
      Type: 'AWS::CloudFront::Function',
      Properties: {
        Name: 'route',
        AutoPublish: true,
        FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
        FunctionCode: `function handler(event) {
          const { request } = event;
          if (request.uri === '/throw') throw new Error('as requested');
          if (request.uri === '/loop') for (;;);
          if (request.uri === '/teapot') {
            return { statusCode: 418, headers: { 'x-by': { value: request.querystring.by.value } }, body: 'tea' };
          }
          if (request.uri === '/place') request.uri = '/index.html';
          return request;
        }`,
      },
    },
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          DefaultRootObject: 'index.html',
          Origins: [
            {
              Id: 'files',
              DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
              OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] },
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
            {
              Id: 'api',
              DomainName: { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.eu-west-1.amazonaws.com']] },
              CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'files',
            ViewerProtocolPolicy: 'redirect-to-https',
            CachePolicyId: { Ref: 'Cache' },
            ResponseHeadersPolicyId: { Ref: 'Headers' },
            Compress: true,
            FunctionAssociations: [
              { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Route', 'FunctionARN'] } },
            ],
          },
          CacheBehaviors: [
            {
              PathPattern: '/things*',
              TargetOriginId: 'api',
              ViewerProtocolPolicy: 'https-only',
              CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
              AllowedMethods: ['GET', 'HEAD', 'POST'],
              ResponseHeadersPolicyId: { Ref: 'Headers' },
            },
          ],
        },
      },
    },
  };
  return { Resources };
}

/** Creates asset folders with the files, by object key. */
export function siteAssets(
  contents: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Map<string, string> {
  const root = mkdtempSync(join(tmpdir(), 'request-logs-site-'));
  const assets = new Map<string, string>();
  for (const [key, files] of Object.entries(contents)) {
    for (const [name, text] of Object.entries(files)) {
      const path = join(root, key, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    assets.set(key, join(root, key));
  }
  return assets;
}
