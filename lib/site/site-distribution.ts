// The CloudFront distribution: one origin for the page and the API, so that browsers need no CORS and API responses
// pass through unchanged, whatever their status.
import { join } from 'node:path';
import { Aws, Duration, Names, Validations } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { SiteHeaders } from './site-headers.ts';

/** A custom domain name, with a certificate in us-east-1. */
export interface SiteDomain {
  readonly domainName: string;
  readonly certificateArn: string;
}

export interface SiteDistributionProps {
  readonly bucket: s3.IBucket;
  readonly api: apigateway.HttpApi;
  readonly headers: SiteHeaders;
  /** @default CloudFront's own name */
  readonly domain?: SiteDomain | undefined;
}

/** Paths of the API. They must cover every route. */
const apiPaths = ['/request-logs*', '/openapi.json'];

/** The time that the HTTP API waits for a function. */
const apiReadTimeout = Duration.seconds(30);

/** The CloudFront distribution. Its default behavior serves the page; the paths of the API go to the API. */
export class SiteDistribution extends Construct {
  readonly distribution: cloudfront.Distribution;
  /** `https://…` without a path. */
  readonly origin: string;

  constructor(scope: Construct, id: string, props: SiteDistributionProps) {
    super(scope, id);
    const { domain } = props;
    const api = this.apiBehavior(props);
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'Request Logs: dashboard and API on one origin',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      defaultBehavior: this.pageBehavior(props),
      additionalBehaviors: Object.fromEntries(apiPaths.map((path) => [path, api])),
      ...(domain && {
        domainNames: [domain.domainName],
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      }),
    });
    this.origin = `https://${domain?.domainName ?? this.distribution.distributionDomainName}`;
    this.acknowledgeFindings(domain);
  }

  private pageBehavior({ bucket, headers }: SiteDistributionProps): cloudfront.BehaviorOptions {
    const originAccessControl = new cloudfront.S3OriginAccessControl(this, 'Access', {
      // Global among the account's names, and at most 64 characters long.
      originAccessControlName: `${Names.uniqueResourceName(this, { maxLength: 40 })}-${Aws.REGION}`,
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, { originAccessControl }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Each object sets its own lifetime. The managed policy would cache even no-cache objects for one second.
      cachePolicy: new cloudfront.CachePolicy(this, 'PageCache', {
        comment: 'Request Logs: caching as set by each object',
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.days(1),
        maxTtl: Duration.days(365),
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      }),
      responseHeadersPolicy: headers.page,
      functionAssociations: [
        {
          eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
          function: new cloudfront.Function(this, 'RouteRequest', {
            comment: 'Request Logs: serves the page for paths of the page',
            runtime: cloudfront.FunctionRuntime.JS_2_0,
            code: cloudfront.FunctionCode.fromFile({
              filePath: join(import.meta.dirname, 'route-request.js'),
            }),
          }),
        },
      ],
    };
  }

  private apiBehavior({ api, headers }: SiteDistributionProps): cloudfront.BehaviorOptions {
    return {
      origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
        protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
        readTimeout: apiReadTimeout,
      }),
      // A redirect to HTTPS would be too late: the token would already have been sent in plain text.
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      // The API itself rejects unsupported methods.
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: headers.data,
      compress: false,
    };
  }

  private acknowledgeFindings(domain: SiteDomain | undefined): void {
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Users can be anywhere. Their tokens determine what they can read.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'The page is the same for everyone, and API Gateway requires a token and throttles requests.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'The files are the same for everyone. API requests are in the access log of the API.',
      },
    );
    if (domain === undefined) {
      Validations.of(this.distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason:
          'CloudFront determines the protocols of its default certificate. With dashboard.domainName, TLS 1.2 is required.',
      });
    }
  }
}
