// The hosted dashboard: bucket, distribution and deployment.
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { SignIn } from '../constructs/identity.ts';
import type { FunctionDefaults } from '../constructs/node-function.ts';
import { SiteBucket } from './site-bucket.ts';
import { SiteDeployment } from './site-deployment.ts';
import { SiteDistribution, type SiteDomain } from './site-distribution.ts';
import { SiteHeaders } from './site-headers.ts';

export interface DashboardSiteProps {
  readonly functionDefaults: FunctionDefaults;
  /** Served below the same origin. */
  readonly api: apigateway.HttpApi;
  readonly signIn: SignIn;
  /** @default CloudFront's own name */
  readonly domain?: SiteDomain | undefined;
}

/** The page and the API on one origin. */
export class DashboardSite extends Construct {
  /** `https://…` without a path. */
  readonly origin: string;
  /** CloudFront's domain name, which a custom domain must point to; `undefined` without one. */
  readonly aliasTarget: string | undefined;

  constructor(scope: Construct, id: string, props: DashboardSiteProps) {
    super(scope, id);
    const { functionDefaults, api, signIn, domain } = props;
    const { bucket } = new SiteBucket(this, 'Files', { removalPolicy: functionDefaults.removalPolicy });
    const headers = new SiteHeaders(this, 'Headers', { connectOrigins: signIn.connectOrigins });
    const { distribution, origin } = new SiteDistribution(this, 'Site', { bucket, api, headers, domain });
    this.origin = origin;
    this.aliasTarget = domain && distribution.distributionDomainName;
    new SiteDeployment(this, 'Deployment', { functionDefaults, bucket, config: signIn.config });
  }
}
