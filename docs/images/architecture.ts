// The architecture picture of the README as text: its cards and arrows. `npm run docs` draws architecture-light.svg
// and architecture-dark.svg from it. How it is drawn is diagram.ts's.
import type { Diagram } from './diagram.ts';

/** The stack on a grid of columns and rows; every `id` is unique. */
export const architecture: Diagram = {
  title: 'Architecture of MayaOps Request Logs',
  description:
    'MayaOps services put events on an EventBridge bus. A rule sends them to an SQS queue, and a Lambda function, the ' +
    'recorder, inserts each one into a DynamoDB table. The dashboard, the command line and the typed client read ' +
    'through an HTTP API and Lambda functions that query the table.',
  areas: [
    { label: 'Record', from: [1, 0], to: [3, 1] },
    { label: 'Query', from: [1, 2], to: [3, 2] },
    { label: 'Store', from: [4, 0], to: [4, 2] },
  ],
  cards: [
    { id: 'services', at: [0, 0], icon: 'service', title: 'MayaOps services', note: 'emitter library' },
    { id: 'bus', at: [1, 0], icon: 'bus', title: 'Event bus', note: 'EventBridge' },
    { id: 'ingest', at: [2, 0], icon: 'queue', title: 'Ingest queue', note: 'SQS' },
    { id: 'recorder', at: [3, 0], icon: 'function', title: 'Recorder', note: 'Lambda' },
    { id: 'entries', at: [4, 0], icon: 'table', title: 'Entries table', note: 'DynamoDB, 5 indexes' },
    { id: 'archive', at: [1, 1], icon: 'archive', title: 'Archive', note: 'redacted, for replay' },
    { id: 'dead', at: [2, 1], icon: 'queue', title: 'Dead letters', note: 'failed, undelivered' },
    { id: 'rejected', at: [3, 1], icon: 'queue', title: 'Rejected queue', note: 'invalid, conflicting' },
    { id: 'directory', at: [4, 1], icon: 'table', title: 'Directory table', note: 'for suggestions' },
    { id: 'readers', at: [0, 2], icon: 'page', title: 'Dashboard', note: 'command line, client' },
    { id: 'site', at: [1, 2], icon: 'network', title: 'CloudFront', note: 'page and API' },
    { id: 'api', at: [2, 2], icon: 'network', title: 'HTTP API', note: 'verifies the JWT' },
    { id: 'query', at: [3, 2], icon: 'function', title: 'Query functions', note: 'Lambda' },
    {
      id: 'overflow',
      at: [4, 2],
      icon: 'archive',
      title: 'Overflow bucket',
      note: 'S3, for large states',
    },
  ],
  arrows: [
    { from: 'services', to: 'bus', label: 'PutEvents' },
    { from: 'bus', to: 'ingest', label: 'rule' },
    { from: 'ingest', to: 'recorder', label: 'batch' },
    { from: 'recorder', to: 'entries', label: 'insert' },
    { from: 'bus', to: 'archive' },
    { from: 'ingest', to: 'dead' },
    { from: 'recorder', to: 'rejected' },
    { from: 'readers', to: 'site', label: 'HTTPS' },
    { from: 'site', to: 'api' },
    { from: 'api', to: 'query' },
    { from: 'query', to: 'overflow', label: 'read' },
  ],
  footer: 'One CDK stack. CloudWatch alarms, metrics, saved queries and X-Ray traces watch all of it.',
};
