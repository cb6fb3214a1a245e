import { expect, it } from 'vitest';
import { isPrivateAddress } from '../../../../demo/server/knowledge/private-address.ts';

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '192.168.0.7',
  '172.20.0.1',
  '169.254.169.254',
  '0.0.0.0',
  '[::1]',
  '::ffff:127.0.0.1',
  'fe80::1%eth0',
  'fd00::1',
  '::127.0.0.1',
  '::ffff:0:10.0.0.1',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each(['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1', 'example.com'])('%s is not', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});
