// The CDK app: reads the configuration, makes the stack `RequestLogs-<stage>`, checks it, nothing else.
//
// Context `config` says which configuration: the path of a JSON file, or the JSON itself (text starting with `{`,
// or an object in CDK_CONTEXT_JSON); without it config/dev.json. So another issuer needs no other file:
//
//   npx cdk deploy -c config=config/prod.json
//   CDK_OUTDIR=out CDK_CONTEXT_JSON='{"config":{"stage":"local","identity":{…}}}' node bin/request-logs.ts
//
// Run by itself, without the CDK CLI, it writes cdk.out (or CDK_OUTDIR) with the same template, offline. There the
// context `"aws:cdk:bundling-stacks": []` leaves the functions unbundled; the CLI takes no context named aws:.
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdk from '../cdk.json' with { type: 'json' };
import { RequestLogsStack } from '../lib/request-logs-stack.ts';
import { ConfigError } from '../lib/settings/config-error.ts';
import { loadConfig } from '../lib/settings/load-config.ts';

// The CLI passes these by itself; given here too, so that a run without it gives the same template.
const app = new App({
  context: { ...cdk.context, 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true },
  outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
  analyticsReporting: false,
  autoSynth: false,
});

try {
  const config = loadConfig(app.node.tryGetContext('config'));
  new RequestLogsStack(app, `RequestLogs-${config.stage}`, { config });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
