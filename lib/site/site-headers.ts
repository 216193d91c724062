// Security headers of the page and of the API responses on the same origin.
import { Aws, Duration, Names } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

export interface SiteHeadersProps {
  /** Other origins that the page can connect to for sign-in. */
  readonly connectOrigins: readonly string[];
}

/** Two years, as the preload lists of browsers require. */
const hstsMaxAge = Duration.days(730);

/** Allows only the page's own files. Inline styles and scripts are not allowed. */
const pagePolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** For API responses: a browser that displays a response must not load or run anything. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Browser features that neither the page nor the API uses. */
const permissionsPolicy = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');

/** The two response headers policies. */
export class SiteHeaders extends Construct {
  readonly page: cloudfront.ResponseHeadersPolicy;
  readonly data: cloudfront.ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, props: SiteHeadersProps) {
    super(scope, id);
    const directives = {
      ...pagePolicy,
      'connect-src': [...new Set([...pagePolicy['connect-src'], ...props.connectOrigins])],
    };
    this.page = this.makePolicy('Page', {
      comment: 'Request Logs: the page',
      contentSecurityPolicy: Object.entries(directives)
        .map(([name, sources]) => `${name} ${sources.join(' ')}`)
        .join('; '),
    });
    this.data = this.makePolicy('Data', {
      comment: 'Request Logs: responses of the API',
      contentSecurityPolicy: dataPolicy,
    });
  }

  private makePolicy(
    id: string,
    { comment, contentSecurityPolicy }: { comment: string; contentSecurityPolicy: string },
  ): cloudfront.ResponseHeadersPolicy {
    return new cloudfront.ResponseHeadersPolicy(this, id, {
      comment,
      // Names in CloudFront are global, but the CDK's default name does not contain the region.
      responseHeadersPolicyName: `${Names.uniqueResourceName(this, { maxLength: 80 })}-${id}-${Aws.REGION}`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
        referrerPolicy: {
          referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER,
          override: true,
        },
        strictTransportSecurity: {
          accessControlMaxAge: hstsMaxAge,
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
          { header: 'permissions-policy', value: permissionsPolicy, override: true },
        ],
      },
    });
  }
}
