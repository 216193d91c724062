// Secrets that an entry shows in one place and quotes in another: environment variables and assignments.
import { describe, expect, it } from 'vitest';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import { runSeed, Seeded } from '../../../attacks/seeded.ts';
import { inventedPasswords, passwordKinds } from '../generators/passwords.ts';
import { survivingPart } from '../generators/survivors.ts';

const holders: Readonly<Record<string, (secret: string) => object>> = {
  'environment list': (s) => ({ environment: [{ name: 'DB_PASSWORD', value: s }] }),
  'environment list in capitals': (s) => ({ Environment: [{ Name: 'DB_PASSWORD', Value: s }] }),
  'environment list of a container': (s) => ({
    containerDefinitions: [{ name: 'web', environment: [{ name: 'API_TOKEN', value: s }] }],
  }),
  'environment map': (s) => ({ environmentVariables: { DB_PASSWORD: s } }),
  'environment line': (s) => ({ env: [`DB_PASSWORD=${s}`] }),
  'assignment in a shell command': (s) => ({ command: `sh -c "DB_PASSWORD=${s} exec app"` }),
  'assignment in a list of arguments': (s) => ({ command: ['sh', '-c', `DB_PASSWORD=${s} exec app`] }),
  'assignment before a command': (s) => ({ userData: `PGPASSWORD=${s} psql -h db` }),
  'exported variable': (s) => ({ userData: `#!/bin/sh\nexport DB_PASSWORD=${s}\nexec app` }),
  flag: (s) => ({ command: `app --password ${s} --verbose` }),
  'connection URL': (s) => ({ note: `postgres://app:${s}@db.internal/orders` }),
};

const kinds = { ...inventedPasswords, ...passwordKinds };

describe('a secret that is quoted in the reason', () => {
  it.each(Object.entries(holders))('is hidden there when the entry has it in: %s', (_place, hold) => {
    const leaks: unknown[] = [];
    for (const makePassword of Object.values(kinds)) {
      for (let number = 0; number < 40; number++) {
        const secret = makePassword(new Seeded(runSeed + number));
        const state = { after: hold(secret), reason: `we set ${secret} for now` };
        const redacted = redactValue(state);
        if (survivingPart(secret, redacted) !== undefined) leaks.push(state);
        expect(redactValue(redacted)).toEqual(redacted);
      }
    }
    expect(leaks).toEqual([]);
  });

  it('does not hide what an innocent variable has in common with other fields', () => {
    const state = { environment: [{ name: 'CLUSTER', value: 'orders-prod' }], cluster: 'orders-prod' };
    expect(redactValue(state)).toMatchObject({ cluster: 'orders-prod' });
  });
});
