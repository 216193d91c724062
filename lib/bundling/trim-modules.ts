// The esbuild plugin that removes what a function never runs from the modules of its bundle. It changes how modules are
// written, but not what they do, except for the replacements in sdk-replacements.ts.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { OnLoadResult, Plugin } from 'esbuild';
import { dynamoDbErrorClasses, fileReplacements, projectRoot } from './sdk-replacements.ts';

const modulesFolder = join(projectRoot, 'node_modules');
const documentFile = join(projectRoot, 'docs', 'openapi.json');

/** Replaces files of the SDK, drops its unused declarations, and compresses the API document. */
export const trimModules: Plugin = {
  name: 'trim-modules',
  setup(build) {
    for (const file of Object.keys(fileReplacements)) {
      if (!existsSync(join(modulesFolder, file))) {
        throw new Error(
          `the SDK file ${file} must exist to be replaced; see lib/bundling/sdk-replacements.ts`,
        );
      }
    }
    // The filter names the files: asking this process about every import would take most of the build's time.
    build.onResolve(
      { filter: importOfReplaced },
      async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (pluginData === resolved || !importer.startsWith(modulesFolder)) return undefined;
        const target = await build.resolve(path, { importer, kind, resolveDir, pluginData: resolved });
        const replacement = fileReplacements[target.path.slice(modulesFolder.length + 1)];
        return replacement === undefined ? target : { path: replacement };
      },
    );
    build.onLoad(
      { filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/].*\.js$/ },
      ({ path }) => rewrite(path, (source) => nameKeys(dropErrorClasses(path, source))),
    );
    build.onLoad({ filter: /[\\/]client[\\/]util-endpoints[\\/]aws\.js$/ }, ({ path }) =>
      rewrite(path, dropEndpointFunctions),
    );
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]dist-es[\\/]pagination[\\/].*\.js$/ }, ({ path }) =>
      rewrite(path, markPaginators),
    );
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path }) =>
      keepVersion(path),
    );
    build.onLoad({ filter: /[\\/]detectors[\\/](gitleaks|reviewed)-forms\.ts$/ }, async ({ path }) => ({
      contents: dropIssuers(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
    build.onLoad({ filter: /[\\/]docs[\\/]openapi\.json$/ }, ({ path }) =>
      path === documentFile ? compressJson(path) : undefined,
    );
  },
};

/** Relative imports of a file with the name of one that is replaced. */
const importOfReplaced = new RegExp(
  `^\\.{1,2}/(?:.*/)?(?:${Object.keys(fileReplacements)
    .map((file) => basename(file, '.js'))
    .join('|')})(?:\\.js)?$`,
);

/** Marks a path that the plugin has already resolved. */
const resolved = {};

async function rewrite(path: string, change: (source: string) => string): Promise<OnLoadResult> {
  return { contents: change(await readFile(path, 'utf8')), loader: 'js' };
}

/**
 * Writes `{ [_name]: 1 }` as `{ "name": 1 }` if `_name` is a constant of the file. esbuild then removes declarations
 * that nothing uses; before, it has to assume that a computed key runs code.
 */
function nameKeys(source: string): string {
  const constants = new Map<string, string>();
  for (const [, name = '', text = ''] of source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm))
    constants.set(name, text);
  return source.replace(/(?<=[{,]\s*)\[(\w+)\]:/g, (key, name) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
}

/** Every client that evaluates endpoint rules registers these functions itself. The others do not need them. */
function dropEndpointFunctions(source: string): string {
  return source.replace(/^customEndpointFunctions\.aws = awsEndpointFunctions;$/m, '');
}

/** Tells esbuild that creating a paginator has no effect, so that those that nothing uses are removed. */
function markPaginators(source: string): string {
  return source.replace(/= createPaginator\(/g, '= /* @__PURE__ */ createPaginator(');
}

/** Removes the registration of the DynamoDB errors that no code recognizes by their class. */
function dropErrorClasses(path: string, source: string): string {
  if (!path.endsWith(join('@aws-sdk', 'client-dynamodb', 'dist-es', 'schemas', 'schemas_0.js')))
    return source;
  return source.replace(/^\w+\.registerError\([\w$]+, (\w+)\);$/gm, (registration, errorClass) =>
    dynamoDbErrorClasses.includes(errorClass) ? registration : '',
  );
}

/** The issuers in the tables of token forms are for readers and tests. No function needs them. */
function dropIssuers(source: string): string {
  return source.replace(/^(\s*\[\s*)'[^'\n]*'(?=,\s*')/gm, "$1''");
}

/** A client reads only the version from its package.json, for the user agent. */
async function keepVersion(path: string): Promise<OnLoadResult> {
  const { version }: { version: string } = JSON.parse(await readFile(path, 'utf8'));
  return { contents: JSON.stringify({ version }), loader: 'json' };
}

/** A module with the same default export that holds the JSON compressed. */
async function compressJson(path: string): Promise<OnLoadResult> {
  const json = JSON.stringify(JSON.parse(await readFile(path, 'utf8')));
  const compressed = brotliCompressSync(json).toString('base64');
  const contents = `import { brotliDecompressSync } from 'node:zlib';
export default JSON.parse(brotliDecompressSync(Buffer.from('${compressed}', 'base64')));`;
  return { contents, loader: 'js', resolveDir: projectRoot };
}
