// Emulates the CloudFront distribution: finds the cache behavior of a path, requests the file from its origin, and
// responds as the behavior defines. Caches nothing.
import { apiKind } from '../cloudformation/kinds/api-gateway.ts';
import {
  cachePolicyKind,
  cloudFrontFunctionKind,
  distributionKind,
  responseHeadersPolicyKind,
} from '../cloudformation/kinds/cloudfront.ts';
import { bucketKind } from '../cloudformation/kinds/s3.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { HttpRequest } from '../http-api/event.ts';
import { joinHeaders } from '../http-api/event.ts';
import type { HttpResponse } from '../http-api/response.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import { describeError, LocalStackError } from '../shared/errors.ts';
import type { BucketFiles } from './bucket-files.ts';
import { type BucketOrigin, createBucketOrigin } from './bucket-origin.ts';
import type { Encoding } from './compression.ts';
import { respondWithFile } from './file-response.ts';
import { matchesPath } from './path-pattern.ts';
import { applyHeadersPolicy, type HeadersPolicy } from './response-headers.ts';
import { loadViewerRequest, type ViewerRequest } from './viewer-request.ts';

export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

export interface SiteParts {
  readonly stack: Stack;
  readonly accessCheck: AccessCheck;
  readonly files: BucketFiles;
  /** The HTTP API, for origins with its domain name. */
  readonly api: Handler;
  readonly report: (line: string) => void;
}

type Config = (typeof distributionKind)['properties']['_zod']['output']['DistributionConfig'];
type BehaviorConfig = Config['DefaultCacheBehavior'];
type Origin = { readonly bucket: BucketOrigin } | { readonly api: Handler };

interface Behavior {
  /** `undefined` for the default behavior. */
  readonly pattern: string | undefined;
  readonly methods: readonly string[];
  readonly origin: Origin;
  readonly viewerRequest: ViewerRequest | undefined;
  readonly headersPolicy: HeadersPolicy | undefined;
  readonly encodings: readonly Encoding[];
}

/**
 * Managed-CachingDisabled:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/**
 * Creates the handler of the distribution; `undefined` when the stack has none. Fails with LocalStackError when an
 * origin does not exist.
 */
export function createDistribution(parts: SiteParts): Handler | undefined {
  const [distribution, ...more] = parts.stack.resources(distributionKind);
  if (distribution === undefined) return undefined;
  if (more.length > 0)
    throw new LocalStackError('the local stack runs one distribution; the template has several');
  const { DistributionConfig: config } = distribution.properties;
  const load = (behavior: BehaviorConfig, pattern?: string) =>
    loadBehavior(behavior, pattern, config, distribution.ref, parts);
  const behaviors = [
    ...(config.CacheBehaviors ?? []).map((behavior) => load(behavior, behavior.PathPattern)),
    load(config.DefaultCacheBehavior),
  ];
  return async (request) => {
    const behavior = behaviors.find(
      ({ pattern }) => pattern === undefined || matchesPath(pattern, request.rawPath),
    );
    if (behavior === undefined) throw new LocalStackError('the distribution has no default behavior');
    const response = await respond(request, behavior, config.DefaultRootObject, parts.report);
    if (behavior.headersPolicy === undefined) return response;
    return { ...response, headers: applyHeadersPolicy(response.headers, behavior.headersPolicy) };
  };
}

async function respond(
  request: HttpRequest,
  { methods, origin, viewerRequest, encodings }: Behavior,
  rootObject: string | undefined,
  report: (line: string) => void,
): Promise<HttpResponse> {
  if (!methods.includes(request.method)) {
    return cloudFrontError(403, 'This distribution is not configured to allow the HTTP request method.');
  }
  let uri = request.rawPath;
  try {
    const routed = await viewerRequest?.(request);
    if (routed !== undefined && 'response' in routed) return routed.response;
    uri = routed?.uri ?? uri;
  } catch (error) {
    report(`the viewer-request function failed: ${describeError(error)}`);
    return cloudFrontError(503, 'The CloudFront function associated with the request failed.');
  }
  if ('api' in origin) return origin.api({ ...request, rawPath: uri });
  const found = await origin.bucket.read(uri === '/' && rootObject !== undefined ? `/${rootObject}` : uri);
  return 'etag' in found ? respondWithFile(found, joinHeaders(request.headers), encodings) : found;
}

/** An error page of CloudFront itself. */
function cloudFrontError(status: number, message: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/html' }, body: `<h1>${status}</h1><p>${message}</p>` };
}

function loadBehavior(
  behavior: BehaviorConfig,
  pattern: string | undefined,
  config: Config,
  distributionId: string,
  parts: SiteParts,
): Behavior {
  const { stack } = parts;
  const [association] = behavior.FunctionAssociations ?? [];
  const viewerFunction = association && findFunction(stack, association.FunctionARN);
  return {
    pattern,
    methods: behavior.AllowedMethods ?? ['GET', 'HEAD'],
    origin: loadOrigin(behavior.TargetOriginId, config, distributionId, parts),
    viewerRequest:
      viewerFunction === undefined ? undefined : loadViewerRequest(viewerFunction, distributionId),
    headersPolicy:
      behavior.ResponseHeadersPolicyId === undefined
        ? undefined
        : find(stack, responseHeadersPolicyKind, behavior.ResponseHeadersPolicyId).properties
            .ResponseHeadersPolicyConfig,
    encodings: behavior.Compress ? encodingsOf(stack, behavior.CachePolicyId) : [],
  };
}

function loadOrigin(id: string, { Origins }: Config, distributionId: string, parts: SiteParts): Origin {
  const { stack, accessCheck, files, report } = parts;
  const origin = Origins.find((one) => one.Id === id);
  const api = stack
    .resources(apiKind)
    .find(({ ref }) => origin?.DomainName.startsWith(`${ref}.execute-api.`));
  if (api !== undefined) return { api: parts.api };
  const bucket = stack
    .resources(bucketKind)
    .find(({ attributes }) => attributes.RegionalDomainName === origin?.DomainName);
  if (origin === undefined || bucket === undefined) {
    throw new LocalStackError(
      `the distribution's origin ${id} is neither a bucket nor the API of this stack`,
    );
  }
  const distributionArn =
    origin.OriginAccessControlId === undefined
      ? undefined
      : `arn:aws:cloudfront::${stack.accountId}:distribution/${distributionId}`;
  const access = { accessCheck, accountId: stack.accountId, distributionArn };
  return { bucket: createBucketOrigin(bucket, files.get(bucket.ref) ?? new Map(), access, report) };
}

/** The enabled encodings, Brotli first, as CloudFront prefers it. */
function encodingsOf(stack: Stack, cachePolicyId: string): Encoding[] {
  if (cachePolicyId === cachingDisabled) return [];
  const { ParametersInCacheKeyAndForwardedToOrigin: key } = find(stack, cachePolicyKind, cachePolicyId)
    .properties.CachePolicyConfig;
  return [
    ...(key.EnableAcceptEncodingBrotli ? (['br'] as const) : []),
    ...(key.EnableAcceptEncodingGzip ? (['gzip'] as const) : []),
  ];
}

function findFunction(stack: Stack, arn: string): string {
  return find(stack, cloudFrontFunctionKind, arn).properties.FunctionCode;
}

function find<Kind extends Parameters<Stack['resources']>[0]>(stack: Stack, kind: Kind, ref: string) {
  const found = stack.resources(kind).find((one) => one.ref === ref);
  if (found !== undefined) return found;
  throw new LocalStackError(
    `the distribution refers to the ${kind.type} ${ref}, which is not in the template`,
  );
}
