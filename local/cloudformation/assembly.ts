// Reads the CDK's cloud assembly (cdk.out): the template, the stack name, and the paths of the assets.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { LocalStackError } from '../shared/errors.ts';
import { parseTemplate, type Template } from './template.ts';

export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /** The folder with the template and the assets. */
  readonly assetsDir: string;
}

const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z.optional(
        z.looseObject({ templateFile: z.optional(z.string()), stackName: z.optional(z.string()) }),
      ),
    }),
  ),
});

const assetsSchema = z.looseObject({
  files: z.optional(
    z.record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.optional(z.string()) }),
        destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
      }),
    ),
  ),
});

/** Fails with LocalStackError unless the assembly contains exactly one stack. */
export function readAssembly(assetsDir: string): Assembly {
  const { artifacts } = manifestSchema.parse(readJson(join(assetsDir, 'manifest.json')));
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [id, artifact] = stacks[0] ?? [];
  if (id === undefined || stacks.length > 1) {
    throw new LocalStackError(
      `${assetsDir} contains ${stacks.length} stacks; the local stack runs exactly one`,
    );
  }
  return {
    stackName: artifact?.properties?.stackName ?? id,
    template: parseTemplate(
      readJson(join(assetsDir, artifact?.properties?.templateFile ?? `${id}.template.json`)),
    ),
    assetsDir,
  };
}

/** The path of every asset, by the object key in the template. */
export function readAssets(assetsDir: string): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  for (const name of readdirSync(assetsDir).filter((file) => file.endsWith('.assets.json'))) {
    const { files = {} } = assetsSchema.parse(readJson(join(assetsDir, name)));
    for (const { source, destinations } of Object.values(files)) {
      for (const { objectKey } of Object.values(destinations)) {
        if (source.path !== undefined) assets.set(objectKey, join(assetsDir, source.path));
      }
    }
  }
  return assets;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
