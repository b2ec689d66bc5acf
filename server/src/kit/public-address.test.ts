import { expect, test } from 'vitest'
import { isPublicAddress, isPublicHost, lookupPublic } from './public-address.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1',
  'fe80::1%eth0',
  'fd00::1',
  'ff02::1',
  '2001:db8::1',
  'no address',
])('%s is of no open network', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
  '%s is',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test.each([
  ['push.example.org', true],
  ['localhost', false],
  ['printer', false],
  ['printer.local', false],
  ['db.internal', false],
  ['[::1]', false],
  ['127.0.0.1', false],
  ['1.1.1.1', true],
  ['a.b-c.example', true],
])('as a host, %s: %s', (host, open) => {
  expect(isPublicHost(host)).toBe(open)
})

test('a name that leads to this machine leads nowhere', async () => {
  const looked = Promise.withResolvers<unknown>()
  lookupPublic('localhost', { all: true }, (error) => looked.resolve(error))
  expect(await looked.promise).toMatchObject({ code: 'EPRIVATE' })
})
