// Reads what `npm audit --json` prints, and picks the findings about packages that a deployment or an installation of the
// emitter contains.
import * as z from 'zod/mini';

const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.string(), range: z.string(), nodes: z.array(z.string()) }),
  ),
});

export interface AuditResult {
  /** One sentence for each package with a known vulnerability that is deployed or installed with the emitter. */
  readonly findings: readonly string[];
  /** Vulnerable packages that only development uses. */
  readonly elsewhere: readonly string[];
}

/** `undefined` when the registry gave no report. `shippedPaths` are paths such as `node_modules/react`. */
export function readAuditReport(text: string, shippedPaths: ReadonlySet<string>): AuditResult | undefined {
  const report = reportSchema.safeParse(parseJson(text));
  if (!report.success) return undefined;
  const all = Object.entries(report.data.vulnerabilities);
  const isShipped = ([, { nodes }]: (typeof all)[number]) => nodes.some((path) => shippedPaths.has(path));
  return {
    findings: all
      .filter(isShipped)
      .map(([name, { severity, range }]) => `${name} ${range} has a known vulnerability (${severity})`),
    elsewhere: all.filter((one) => !isShipped(one)).map(([name]) => name),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
