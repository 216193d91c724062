import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { includesRange, parseIpRange } from '../../../core/values/ip-address.ts';

function isIn(block: string, address: string): boolean {
  const [outer, inner] = [parseIpRange(block), parseIpRange(address)];
  return outer !== undefined && inner !== undefined && includesRange(outer, inner);
}

describe('parseIpRange', () => {
  it.each([
    ['203.0.113.24', '203.0.113.24', true],
    ['203.0.113.0/24', '203.0.113.24', true],
    ['203.0.113.99/24', '203.0.113.24', true],
    ['203.0.113.0/24', '203.0.114.24', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '2001:db8::1f', true],
    ['2001:DB8::/32', '2001:db8:0:0:0:0:0:1f', true],
    ['2001:db8::/127', '2001:db8::2', false],
    ['10.0.0.1', '::ffff:10.0.0.1', true],
    ['::ffff:10.0.0.0/104', '10.9.9.9', true],
    ['::ffff:0.0.0.0/96', '255.255.255.255', true],
    ['::ffff:0.0.0.0/95', '10.9.9.9', false],
    ['::fffe:0:0/95', '::fffe:1:2', true],
    ['::fffe:0a00:0001', '10.0.0.1', false],
    ['::ffff:110.120.130.140', '110.120.130.140', true],
    ['64:ff9b::10.20.30.40', '64:ff9b::a14:1e28', true],
  ])('finds that %s contains %s: %s', (block, address, expected) => {
    expect(isIn(block, address)).toBe(expected);
  });

  it.each([
    '',
    'x',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/08',
    '1.2.3.4/8/8',
    ':::',
    '::1::',
    '1:2:3:4:5:6:7',
    '12345::',
    '::g',
    'fe80::1%eth0',
    '::1.2.3',
  ])('rejects %j', (text) => expect(parseIpRange(text)).toBeUndefined());

  it('agrees with the block lists of Node.js', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (net, length, address) => {
        const list = new BlockList();
        list.addSubnet(net, length, 'ipv4');
        expect(isIn(`${net}/${length}`, address)).toBe(list.check(address, 'ipv4'));
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 1, max: 128 }), fc.ipV6(), (net, length, address) => {
        fc.pre(!/ffff:/i.test(net + address) && !net.includes('.') && !address.includes('.'));
        const list = new BlockList();
        list.addSubnet(net, length, 'ipv6');
        expect(isIn(`${net}/${length}`, address)).toBe(list.check(address, 'ipv6'));
      }),
    );
  });
});
