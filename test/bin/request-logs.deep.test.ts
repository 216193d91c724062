import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const projectRoot = join(import.meta.dirname, '../..');
const workspace = mkdtempSync(join(tmpdir(), 'request-logs-synth-'));
afterAll(() => rmSync(workspace, { recursive: true }));

/** The environment of a new machine: no credentials, no AWS configuration, and no CDK settings. */
const bareEnvironment = {
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HOME: workspace,
};

/** The limit for all files of a bundle, a little above its present size. */
const maxBundleBytes = {
  record: 522_000,
  'list-entries': 528_000,
  'export-entries': 551_000,
  summarize: 504_000,
  'get-entry': 416_000,
  'get-history': 500_000,
  'list-directory': 311_000,
  'saved-views': 308_000,
  'get-openapi': 27_000,
  'add-token-claims': 20_000,
  seal: 398_500,
  archive: 458_000,
  'get-proof': 374_000,
  'get-log': 336_000,
  'request-cosignatures': 336_000,
};
const withS3 = ['record', 'list-entries', 'get-entry', 'export-entries', 'summarize', 'get-history'];
const unbundled = { 'aws:cdk:bundling-stacks': [] };

function runApp(name: string, context: object) {
  const outdir = join(workspace, name);
  const run = spawnSync(process.execPath, ['bin/request-logs.ts'], {
    cwd: projectRoot,
    env: { ...bareEnvironment, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
    encoding: 'utf8',
  });
  return { ...run, outdir };
}

const readTemplate = (outdir: string, stage: string) =>
  readFileSync(join(outdir, `RequestLogs-${stage}.template.json`), 'utf8');

describe('the app', () => {
  it('synthesizes the default configuration without credentials and without findings', () => {
    const { status, stderr, outdir } = runApp('default', unbundled);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(readTemplate(outdir, 'dev')).toContain('"AWS::Cognito::UserPool"');
  });

  it('accepts the configuration itself instead of its path', () => {
    const config = { stage: 'x', identity: { issuer: 'http://localhost:4000/a', audience: ['b'] } };
    const { outdir } = runApp('inline', { ...unbundled, config });
    expect(readTemplate(outdir, 'x')).toContain('http://localhost:4000/a');
  });

  it('fails when the configuration is invalid, with a message and without a stack trace', () => {
    const { status, stderr } = runApp('invalid', { ...unbundled, config: { stage: 'x', identity: {} } });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'the configuration in context config is not valid:\n' +
        '- identity: must have either issuer (with audience) or cognito; given: neither\n',
    );
  });
});

describe('the bundled app', () => {
  const bundles = new Map<string, string>();
  let template = '';

  beforeAll(() => {
    const { status, stderr, outdir } = runApp('bundled', {});
    expect(status, stderr).toBe(0);
    template = readTemplate(outdir, 'dev');
    const resources = Object.values<{
      Type: string;
      Properties: { Environment: { Variables: Record<string, string> } };
      Metadata: Record<string, string>;
    }>(JSON.parse(template).Resources);
    for (const { Type, Properties, Metadata } of resources) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const { POWERTOOLS_SERVICE_NAME: entry = '' } = Properties.Environment.Variables;
      bundles.set(entry, join(outdir, Metadata['aws:asset:path'] ?? '', 'index.mjs'));
    }
    // The default configuration has no witness.
    const folder = join(workspace, 'request-cosignatures');
    const script = join(projectRoot, 'lib/bundling/write-bundle.ts');
    execFileSync(process.execPath, [script, 'request-cosignatures', folder], { stdio: 'pipe' });
    bundles.set('request-cosignatures', join(folder, 'index.mjs'));
  });

  const entries = Object.keys(maxBundleBytes) as (keyof typeof maxBundleBytes)[];
  const bundleOf = (entry: string) => bundles.get(entry) ?? '';

  it('synthesizes the same template with the CDK CLI', () => {
    const outdir = join(workspace, 'cli');
    const cli = join(projectRoot, 'node_modules/aws-cdk/bin/cdk');
    execFileSync(process.execPath, [cli, 'synth', '--quiet', '--output', outdir], {
      cwd: projectRoot,
      env: { ...bareEnvironment, CI: 'true' },
      stdio: 'pipe',
    });
    expect(readTemplate(outdir, 'dev')).toBe(template);
  });

  const filesOf = (entry: string) => {
    const folder = dirname(bundleOf(entry));
    return readdirSync(folder).map((name) => join(folder, name));
  };

  it.each(entries)('keeps %s small', (entry) => {
    const bytes = filesOf(entry).reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThanOrEqual(maxBundleBytes[entry]);
  });

  it.each(withS3)('keeps the S3 client of %s in a file that is only loaded on demand', (entry) => {
    const withClient = filesOf(entry).filter((file) => readFileSync(file, 'utf8').includes('S3Client'));
    expect(withClient).not.toEqual([]);
    const loaded = [bundleOf(entry)];
    for (const file of loaded) {
      for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
        /(?:from|import) ?["']\.\/([^"']+)["']/g,
      )) {
        const path = join(dirname(file), name);
        if (!loaded.includes(path)) loaded.push(path);
      }
    }
    expect(loaded.filter((file) => withClient.includes(file))).toEqual([]);
  });

  it.each(entries)('excludes the credential provider chain from %s', (entry) => {
    const code = filesOf(entry).map((file) => readFileSync(file, 'utf8'));
    expect(code.join('\n')).not.toMatch(/AssumeRoleWithWebIdentity|sso_start_url/);
  });

  it('serves the API document from get-openapi', () => {
    const script = `
      const { handler } = await import(${JSON.stringify(bundleOf('get-openapi'))});
      console.log((await handler({ headers: {}, requestContext: {} })).body);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: bareEnvironment,
      encoding: 'utf8',
    });
    const document = readFileSync(join(projectRoot, 'docs/openapi.json'), 'utf8');
    expect(JSON.parse(output)).toEqual(JSON.parse(document));
  });

  it.each(entries)('loads %s, which exports its handler', (entry) => {
    const variables = {
      AWS_REGION: 'eu-west-1',
      TABLE_NAME: 'entries',
      DIRECTORY_TABLE_NAME: 'directory',
      VIEW_TABLE_NAME: 'views',
      OVERFLOW_BUCKET_NAME: 'overflow',
      INGEST_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/210987654321/ingest',
      REJECTED_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/rejected',
      DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead-letters',
      ROLE_MAP: '{}',
      PRODUCERS: '[]',
      INDEX_SHARDS: '{}',
      SHARD_WRITES_PER_SECOND: '500',
      RECORDER_CONCURRENCY: '10',
      IDENTITY_CLAIMS: '{"user":"sub","organization":"organization","role":"role","accounts":"accounts"}',
      READ_BUDGET_UNITS: '128',
      LOG_BUCKET_NAME: 'log',
      SEQUENCER_TABLE_NAME: 'sequencer',
      ENTRY_STREAM_ARN:
        'arn:aws:dynamodb:eu-west-1:210987654321:table/entries/stream/2026-01-01T00:00:00.000',
      SIGNING_KEY_ARN: 'arn:aws:kms:eu-west-1:210987654321:key/00000000-0000-0000-0000-000000000000',
      LOG_IDENTITY: '{"stage":"dev","account":"210987654321","region":"eu-west-1"}',
      LOG_LOCK: '{"mode":"governance","days":365}',
      SEAL_INTERVAL_SECONDS: '60',
      ARCHIVE_INTERVAL_MINUTES: '60',
      WITNESSES: '[]',
    };
    const script = `console.log(typeof (await import(${JSON.stringify(bundleOf(entry))})).handler)`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...bareEnvironment, ...variables },
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('function');
  });
});
