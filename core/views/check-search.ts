// Checks the search of a view: it must be one that the page can show and whose parameters the API accepts.
import { parseQuery } from '../query/query.ts';
import { errorCodes, invalidParameter, RequestLogsError } from '../values/errors.ts';

/** Parameters of a list request that are not part of a search. */
const excluded = ['limit', 'cursor', 'debug'];

/** Fails with INVALID_PARAMETER, whose field is `search`, if the search is malformed. */
export function checkSearch(search: string): void {
  const parameters = new URLSearchParams(search);
  const problem = findProblem(parameters);
  if (problem !== undefined) throw invalidParameter('search', problem);
  for (const name of ['last', 'group']) parameters.delete(name);
  try {
    parseQuery(parameters.toString());
  } catch (error) {
    if (!(error instanceof RequestLogsError) || error.code !== errorCodes.invalidParameter) throw error;
    throw invalidParameter('search', `has an invalid parameter: ${error.message}`);
  }
}

function findProblem(parameters: URLSearchParams): string | undefined {
  const name = excluded.find((one) => parameters.has(one));
  if (name !== undefined) return `must not contain ${name}`;
  const [last, ...moreLast] = parameters.getAll('last');
  if (last !== undefined) {
    if (moreLast.length > 0 || !/^[1-9]\d{0,4}[mhdw]$/.test(last)) {
      return 'must contain last once: a whole number from 1 to 99,999 followed by m, h, d, or w, such as 24h';
    }
    if (parameters.has('from') || parameters.has('to'))
      return 'must not contain last together with from or to';
  }
  const groups = parameters.getAll('group');
  return groups.length > 1 || (groups.length === 1 && groups[0] !== 'target')
    ? 'must contain group only once, as group=target'
    : undefined;
}
