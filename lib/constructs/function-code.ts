// The code asset of a function. lib/bundling determines its content.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { projectRoot } from '../bundling/sdk-replacements.ts';

/** The code of functions/<entry>.ts: `index.mjs`, its shared chunks, and the chunks that are loaded on demand. */
export function bundleFunction(entry: string): lambda.Code {
  return lambda.Code.fromAsset(projectRoot, {
    // A hash of the bundle, not of the project folder.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: the bundle is built locally, without Docker.
      image: DockerImage.fromRegistry('unused'),
      // Never run. The CDK uses it to distinguish the assets of the functions.
      command: [entry],
      local: {
        tryBundle: (folder) => {
          const script = join(projectRoot, 'lib', 'bundling', 'write-bundle.ts');
          execFileSync(process.execPath, [script, entry, folder], { stdio: 'inherit' });
          return true;
        },
      },
    },
  });
}
