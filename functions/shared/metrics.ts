// The metrics of a function. Separate from the logs, so that functions without metrics do not load them.
import { Metrics } from '@aws-lambda-powertools/metrics';

export const metrics = new Metrics();
