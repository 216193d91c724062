import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readAuditReport } from '../../../lib/supply-chain/audit-report.ts';
import { type BundledPackage, bundledPackages } from '../../../lib/supply-chain/bundled-packages.ts';
import { toNotices } from '../../../lib/supply-chain/notices.ts';
import { packageOfFile } from '../../../lib/supply-chain/package-of-file.ts';
import { readPackageLock } from '../../../lib/supply-chain/project-files.ts';
import { toSbom } from '../../../lib/supply-chain/sbom.ts';
import packageJson from '../../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..', '..');
const packageLock = readPackageLock();

let packages: readonly BundledPackage[] = [];
beforeAll(async () => {
  packages = await bundledPackages();
});

const partsOf = (name: string) => packages.find((one) => one.name === name)?.parts ?? [];

describe('bundledPackages', () => {
  it('finds the packages in each part of a deployment, although package.json lists all of them for development', () => {
    expect(partsOf('react')).toEqual(['dashboard']);
    expect(partsOf('@cloudscape-design/components')).toEqual(['dashboard']);
    expect(partsOf('@middy/core')).toContain('functions/list-entries');
    expect(partsOf('@aws-sdk/client-s3')).toEqual([
      'functions/archive',
      'functions/export-entries',
      'functions/get-entry',
      'functions/get-history',
      'functions/get-log',
      'functions/get-proof',
      'functions/list-entries',
      'functions/record',
      'functions/request-cosignatures',
      'functions/seal',
      'functions/summarize',
    ]);
    expect(partsOf('@aws-cdk/asset-awscli-v1')).toEqual(['dashboard deployment']);
  });

  it('omits packages that no deployed part contains', () => {
    const names = packages.map(({ name }) => name);
    for (const name of [
      'vitest',
      'esbuild',
      'dynalite',
      'aws-cdk',
      '@aws-sdk/credential-provider-node',
      'bowser',
    ]) {
      expect(names).not.toContain(name);
    }
  });
});

const componentSchema = z.object({
  purl: z.string(),
  version: z.string(),
  hashes: z.optional(z.array(z.object({ alg: z.string(), content: z.string() }))),
});

describe('toSbom', () => {
  it('describes each package like the SBOM of npm', () => {
    const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const { components } = z.object({ components: z.array(componentSchema) }).parse(JSON.parse(text));
    const npmKnows = new Map(components.map((one) => [one.purl, one]));
    const sbom = toSbom(packages, packageJson, packageLock);
    expect(sbom.components.length).toBeGreaterThan(40);
    for (const { purl, version, hashes } of sbom.components) {
      expect(npmKnows.get(purl), purl).toMatchObject({ version, hashes });
    }
  });

  it('names a license for each package', () => {
    const sbom = toSbom(packages, packageJson, packageLock);
    expect(sbom.components.filter(({ licenses }) => licenses === undefined)).toEqual([]);
  });

  it('refers to each component once', () => {
    const { components, dependencies } = toSbom(packages, packageJson, packageLock);
    const refs = components.map((one) => one['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(dependencies[0]?.dependsOn).toEqual(refs);
  });
});

describe('toNotices', () => {
  it('has a section for each package, with the text of its license', () => {
    const notices = toNotices(packages);
    for (const { name, version } of packages) expect(notices).toContain(`\n${name} ${version} (`);
    expect(notices).toContain('Copyright (c) Meta Platforms, Inc. and affiliates.');
  });
});

describe('packageOfFile', () => {
  it.each([
    ['node_modules/react/index.js', 'node_modules/react'],
    ['node_modules/@middy/core/index.js', 'node_modules/@middy/core'],
    ['functions/record.ts', undefined],
    ['node_modules/.cache/dashboard-fonts/open-sans.woff2', undefined],
  ])('finds the package of %s: %s', (file, path) => {
    expect(packageOfFile(file, root)?.path).toBe(path);
  });
});

describe('the published package', () => {
  it('depends on what the emitter and the command line import, and on nothing of the page', () => {
    const { metafile } = buildSync({
      absWorkingDir: root,
      entryPoints: ['emitter/index.ts', 'cli/request-logs.ts'],
      outdir: 'out',
      write: false,
      metafile: true,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    const imported = Object.values(metafile.outputs)
      .flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path))
      .filter((path) => !path.startsWith('node:'))
      .map((path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/'));
    expect([...new Set(imported)].sort()).toEqual(Object.keys(packageJson.dependencies).sort());
  });
});

describe('readAuditReport', () => {
  const report = (path: string) =>
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: { zod: { severity: 'high', range: '<5.0.0', nodes: [path] } },
    });
  const shipped = new Set(['node_modules/zod']);

  it('reports a vulnerability of a package that is shipped', () => {
    expect(readAuditReport(report('node_modules/zod'), shipped)).toEqual({
      findings: ['zod <5.0.0 has a known vulnerability (high)'],
      elsewhere: [],
    });
  });

  it('only mentions a vulnerability of a package that is used for development only', () => {
    expect(readAuditReport(report('node_modules/other/node_modules/zod'), shipped)).toEqual({
      findings: [],
      elsewhere: ['zod'],
    });
  });

  it.each(['', 'not JSON', '{"message":"405 Method Not Allowed","error":{}}'])(
    'rejects %j as a report',
    (text) => {
      expect(readAuditReport(text, shipped)).toBeUndefined();
    },
  );
});
