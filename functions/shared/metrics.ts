// The metrics of a function. Apart from the logs, so that functions which count nothing need not load them.
import { Metrics } from '@aws-lambda-powertools/metrics';

export const metrics = new Metrics();
