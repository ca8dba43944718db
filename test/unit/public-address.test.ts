/** Addresses that a file may name, and those inside of networks, in all their spellings. */
import { expect, test } from 'vitest';
import { isPublicAddress } from '../../src/engine/bytes/public-address';

test.each([
  'https://example.org/a.c2pa',
  'https://a.b.example.org:8443/x?y',
  'https://127.example.org/',
  'https://localhost.example.org/',
])('public: %s', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  'http://example.org/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'data:,x',
  'not an address',
  'https://user:secret@example.org/',
  'https://user@example.org/',
  'https://localhost/',
  'https://localhost./',
  'https://LOCALHOST/',
  'https://a.localhost/',
  'https://router/',
  'https://router./',
  'https://printer.local/',
  'https://nas.lan/',
  'https://wiki.corp/',
  'https://x.internal/',
  'https://x.home.arpa/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://0/',
  'https://10.0.0.1/',
  'https://192.168.1.1:8443/',
  'https://172.16.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/',
  'https://8.8.8.8/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://[2606:4700::1111]/',
  'https://１２７.0.0.1/',
])('not public: %s', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
