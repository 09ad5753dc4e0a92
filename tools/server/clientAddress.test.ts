import { expect, test } from 'vitest'
import { clientAddress } from './clientAddress'
import { trustedProxies } from './trustedProxies'

test.each<[trusted: string, remote: string, headers: Record<string, string>, client: string]>([
  ['', '192.0.2.1', { 'x-forwarded-for': '203.0.113.1' }, '192.0.2.1'],
  ['', '::ffff:192.0.2.1', {}, '192.0.2.1'],
  ['loopback', '127.0.0.1', {}, '127.0.0.1'],
  ['loopback', '::1', { 'x-forwarded-for': '203.0.113.1' }, '203.0.113.1'],
  ['loopback', '::ffff:127.0.0.1', { 'x-forwarded-for': '203.0.113.1' }, '203.0.113.1'],
  ['loopback', '127.0.0.1', { 'x-forwarded-for': '198.51.100.1, 203.0.113.1' }, '203.0.113.1'],
  ['loopback', '127.0.0.1', { 'x-forwarded-for': '203.0.113.1:4711' }, '203.0.113.1'],
  ['loopback', '127.0.0.1', { 'x-forwarded-for': '[2001:db8::1]:443' }, '2001:db8::1'],
  ['loopback', '127.0.0.1', { 'x-forwarded-for': '203.0.113.1, unknown' }, '127.0.0.1'],
  ['loopback', '127.0.0.1', { 'x-forwarded-for': '' }, '127.0.0.1'],
  ['loopback', '127.0.0.1', { 'cf-connecting-ip': '203.0.113.1' }, '203.0.113.1'],
  ['loopback', '127.0.0.1', { 'cf-connecting-ip': 'nonsense' }, '127.0.0.1'],
  ['loopback', '127.0.0.1', { 'cf-connecting-ip': '198.51.100.1', 'x-forwarded-for': '203.0.113.1' }, '203.0.113.1'],
  ['loopback', '192.0.2.1', { 'cf-connecting-ip': '203.0.113.1' }, '192.0.2.1'],
  ['10.0.0.2', '10.0.0.3', { 'x-forwarded-for': '203.0.113.1' }, '10.0.0.3'],
  ['10.0.0.0/8, loopback', '127.0.0.1', { 'x-forwarded-for': '203.0.113.1, 10.1.2.3' }, '203.0.113.1'],
  ['10.0.0.0/8', '10.0.0.1', { 'x-forwarded-for': '10.0.0.3, 10.0.0.2' }, '10.0.0.3'],
  ['fd00::/8', 'fd00::1', { 'x-forwarded-for': '2001:db8::1' }, '2001:db8::1'],
])('trusting "%s", %s with %o is %s', (trusted, remote, headers, client) => {
  expect(clientAddress(remote, headers, trustedProxies(trusted))).toBe(client)
})

test.each(['nginx', '10.0.0.0/33', '10.0.0.0/', '10.0.0', 'loopback;10.0.0.1'])('TRUST_PROXY is not %s', text => {
  expect(() => trustedProxies(text)).toThrow(/^TRUST_PROXY holds "/)
})
