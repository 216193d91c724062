// Bundles a function's code. Dynamic imports become separate files that are loaded on demand: CDK's NodejsFunction
// writes a single file, which Lambda would parse completely at every cold start.
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

const projectRoot = join(import.meta.dirname, '..', '..');

/** Replacements for parts of the SDK that no request here uses. */
export const sdkReplacements: Readonly<Record<string, string>> = {
  // Lambda passes credentials in the environment; the SDK's default provider chain is 135 KB of code.
  '@aws-sdk/credential-provider-node': join(projectRoot, 'functions', 'sdk', 'environment-credentials.ts'),
  '@smithy/core/event-streams': join(projectRoot, 'functions', 'sdk', 'no-event-streams.ts'),
  '@aws-sdk/middleware-endpoint-discovery': join(projectRoot, 'functions', 'sdk', 'no-endpoint-discovery.ts'),
  '@aws-sdk/signature-v4-multi-region': join(projectRoot, 'functions', 'sdk', 'regional-signer.ts'),
  '@smithy/core/checksum': join(projectRoot, 'functions', 'sdk', 'native-checksums.ts'),
  '@aws-sdk/checksums/sha': join(projectRoot, 'functions', 'sdk', 'native-checksums.ts'),
};

/** The code of functions/<entry>.ts: `index.mjs`, its shared chunks, and the chunks that are loaded on demand. */
export function bundleFunction(entry: string): lambda.Code {
  return lambda.Code.fromAsset(projectRoot, {
    // A hash of the bundle, not of the project folder.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: the bundle is built locally, without Docker.
      image: DockerImage.fromRegistry('unused'),
      // Not run either. CDK uses it to tell the assets of the functions apart.
      command: [entry],
      local: {
        tryBundle: (outDir) => {
          build(entry, outDir);
          return true;
        },
      },
    },
  });
}

function build(entry: string, outdir: string): void {
  buildSync({ ...buildOptions(entry), outdir });
}

/** How functions/<entry>.ts is bundled. */
export function buildOptions(entry: string) {
  return {
    absWorkingDir: projectRoot,
    entryPoints: { index: join('functions', `${entry}.ts`) },
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    splitting: true,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    charset: 'utf8',
    mainFields: ['module', 'main'],
    // Only browser code imports it, which is left out; splitting would write its 34 KB all the same.
    external: ['bowser'],
    alias: { ...sdkReplacements },
    logLevel: 'warning',
  } satisfies BuildOptions;
}
