import { describe, expect, it } from 'vitest';
import { isLocalHost } from '../../../local/shared/local-host.ts';

describe('isLocalHost', () => {
  it.each(['localhost:3000', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000', 'bucket-name.localhost:3000'])(
    'accepts %s',
    (host) => {
      expect(isLocalHost(host, 3000)).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    'localhost',
    'localhost:3001',
    'evil.example:3000',
    'localhost.evil.example:3000',
    'evillocalhost:3000',
    '127.0.0.1.evil.example:3000',
    '127.0.0.2:3000',
    'localhost:3000@evil.example:3000',
    'localhost:3000 evil.example:3000',
    'evil.example/localhost:3000',
  ])('rejects %s', (host) => {
    expect(isLocalHost(host, 3000)).toBe(false);
  });

  it('accepts a host without a port on port 80 only', () => {
    expect(isLocalHost('localhost', 80)).toBe(true);
  });
});
