// The CDK app: reads the configuration, creates the stack `RequestLogs-<stage>`, and checks it with cdk-nag.
//
// The context value `config` is the path of a JSON file, or the configuration itself: text that starts with `{`, or an
// object in CDK_CONTEXT_JSON. The default is config/dev.json. Examples:
//
//   npx cdk deploy -c config=config/prod.json
//   CDK_OUTDIR=out CDK_CONTEXT_JSON='{"config":{"stage":"local","identity":{…}}}' node bin/request-logs.ts
//
// Without the CDK CLI, it writes the same template to cdk.out (or CDK_OUTDIR), offline. In this mode, the context
// `"aws:cdk:bundling-stacks": []` skips the bundling of functions. The CLI does not accept context keys that start with aws:.
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdk from '../cdk.json' with { type: 'json' };
import { RequestLogsStack } from '../lib/request-logs-stack.ts';
import { ConfigError } from '../lib/settings/config-error.ts';
import { loadConfig } from '../lib/settings/load-config.ts';

// The CLI passes these values. They are repeated here, so that the template is the same without the CLI.
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
