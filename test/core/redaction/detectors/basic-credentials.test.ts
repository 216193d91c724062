// User and password as one, in base64, under a name that ends in `auth`.
import { describe, expect, it } from 'vitest';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';

const encode = (text: string) => Buffer.from(text).toString('base64');

const auth = encode('deploy:plainword');
const script = `cat > ~/.docker/config.json <<EOF\n{"auths":{"r":{"auth":"${auth}"}}}\nEOF`;

describe('base64 of user and password', () => {
  it.each<[string, unknown, string]>([
    ["Docker's file in a script", { userData: script }, auth],
    ['the same script in base64', { userData: encode(script) }, encode(script).slice(20)],
    ['the same escaped', { note: `run ${JSON.stringify(script)} once` }, auth],
    ['YAML', { note: `registry: r\nauth: ${auth}\n` }, auth],
    ['an assignment', { note: `auth=${auth}` }, auth],
    ['a flag', { note: `login --registry-auth ${auth} r` }, auth],
    ['flag and value', { command: ['login', '--registry-auth', auth] }, auth],
    ['an XML element', { note: `<auth>${auth}</auth>` }, auth],
    ['name and value', { name: 'auth', value: auth }, auth],
    ['name and value in YAML', { note: `- name: REGISTRY_AUTH\n  value: ${auth}` }, auth],
    ['a pair', { headers: [['X-Upstream-Auth', auth]] }, auth],
    ['basicAuth', { basicAuth: auth }, auth],
    ['registryAuth', { registryAuth: auth }, auth],
    ['dockerAuth', { dockerAuth: auth }, auth],
    ['REGISTRY_AUTH_BASE64', { REGISTRY_AUTH_BASE64: auth }, auth],
    ['a user with a space', { note: `Basic ${encode('ACME deploy:plainword')}` }, encode('ACME deploy')],
  ])('is a secret: %s', (_form, state, hidden) => {
    const redacted = redactValue(state);
    expect(JSON.stringify(redacted)).not.toContain(hidden);
    expect(redactValue(redacted)).toEqual(redacted);
  });

  it.each([
    { auth: true },
    { auth: 'oauth2' },
    { basicAuth: 'disabled' },
    { registryAuth: encode('nothing to hide') },
    { name: 'auth', value: 'mutual-tls' },
    { author: encode('deploy:plainword') },
    { note: 'auth: true, auth=none, auth: oauth2, auth=certificate' },
    { note: `author: ${encode('asha:rao-of-acme')}` },
    { note: `auth: ${encode('nothing to hide')}` },
    { note: 'authorization: none' },
  ])('is distinguished from %j', (state) => {
    expect(redactValue(state)).toEqual(state);
  });
});
