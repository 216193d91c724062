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
      // How long is said by each object. The managed policy would keep even what says no-cache for a second.
      cachePolicy: new cloudfront.CachePolicy(this, 'PageCache', {
        comment: 'Request Logs: as each object says',
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
            comment: 'Answers places within the page with the page',
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
      // A redirect to https would come after the token went over the wire in the clear.
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      // The API answers for itself which methods it has.
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
        reason: 'Those who may read the audit trail work anywhere; who may is decided by their token.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'The page is the same for everybody, and API Gateway refuses who has no token and throttles.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'Files are the same for everybody; what is asked of the API is in the access log of the API.',
      },
    );
    if (domain === undefined) {
      Validations.of(this.distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason:
          'CloudFront sets the protocols of its own certificate; dashboard.domainName brings TLS 1.2 as the least.',
      });
    }
  }
}
