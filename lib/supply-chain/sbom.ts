// The bill of materials of a deployment, as CycloneDX 1.6 JSON (https://cyclonedx.org/docs/1.6/json/). It contains no time and
// no serial number, so the same build gives the same file.
import type { BundledPackage } from './bundled-packages.ts';
import type { PackageLock, Product } from './project-files.ts';

/** The document. `lock` is the content of package-lock.json, which has the hash of each package. */
export function toSbom(packages: readonly BundledPackage[], product: Product, lock: PackageLock) {
  const productUrl = packageUrl(product);
  const components = packages.map((one) => {
    const hash = sha512(lock.packages[one.path]?.integrity);
    return {
      type: 'library',
      'bom-ref': packageUrl(one),
      name: one.name,
      version: one.version,
      purl: packageUrl(one),
      ...(one.license !== undefined && { licenses: [licenseOf(one.license)] }),
      ...(hash !== undefined && { hashes: [{ alg: 'SHA-512', content: hash }] }),
      properties: one.parts.map((part) => ({ name: 'request-logs:part', value: part })),
    };
  });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': productUrl,
        name: product.name,
        version: product.version,
        purl: productUrl,
      },
    },
    components,
    dependencies: [{ ref: productUrl, dependsOn: components.map(({ purl }) => purl) }],
  };
}

/** https://github.com/package-url/purl-spec */
function packageUrl({ name, version }: Product): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function licenseOf(license: string) {
  return /\s/.test(license) ? { expression: license } : { license: { id: license } };
}

/** Hexadecimal, from `sha512-<base64>`. */
function sha512(integrity: string | undefined): string | undefined {
  const base64 = /(?:^|\s)sha512-(\S+)/.exec(integrity ?? '')?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex');
}
