// Finds the most specific route of an HTTP API for a request, as API Gateway does.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html

export interface RouteMatch<Route> {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Candidate<Route> {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * Creates a function that finds the route of a request. `routeKey` is `GET /request-logs/{id}`, `ANY /{proxy+}` or
 * `$default`.
 */
export function createRouter<Route extends { readonly routeKey: string }>(routes: readonly Route[]) {
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  const candidates = routes
    .filter((route) => route !== fallback)
    .map((route): Candidate<Route> => {
      const [method = '', path = ''] = route.routeKey.split(' ');
      return { route, method, segments: splitPath(path) };
    })
    .sort((left, right) => compareSpecificity(left, right));
  return (method: string, path: string): RouteMatch<Route> | undefined => {
    const segments = splitPath(path);
    for (const candidate of candidates) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const pathParameters = matchSegments(candidate.segments, segments);
      if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function splitPath(path: string): string[] {
  return path.split('/').slice(1);
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(part)?.[1];
    if (greedy !== undefined) {
      const rest = segments.slice(index).join('/');
      return rest === '' ? undefined : { ...parameters, [greedy]: rest };
    }
    const segment = segments[index];
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (segment === undefined || (name === undefined ? segment !== part : segment === '')) return undefined;
    if (name !== undefined) parameters[name] = segment;
  }
  return pattern.length === segments.length ? parameters : undefined;
}

/** Sorts literal segments before `{name}` before `{name+}`, then specific methods before ANY. */
function compareSpecificity<Route>(left: Candidate<Route>, right: Candidate<Route>): number {
  const rank = (part: string | undefined) => {
    if (part === undefined) return 3;
    if (!part.startsWith('{')) return 0;
    return part.endsWith('+}') ? 2 : 1;
  };
  for (let index = 0; index < Math.max(left.segments.length, right.segments.length); index += 1) {
    const difference = rank(left.segments[index]) - rank(right.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(left.method === 'ANY') - Number(right.method === 'ANY');
}
