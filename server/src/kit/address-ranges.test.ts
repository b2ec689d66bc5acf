import { BlockList, isIP, isIPv4 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AddressKey, AddressSet, addressKey, parseRange } from './address-ranges.ts'

const setOf = (...ranges: string[]) =>
  new AddressSet(ranges.map((range) => parseRange(range) ?? expect.fail(`no range: ${range}`)))
const has = (set: AddressSet, address: string) => set.has(addressKey(address) as AddressKey)

describe('addresses', () => {
  it.each([
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
  ])('%s is %s', (one, other) => {
    expect(addressKey(one)).toBeDefined()
    expect(addressKey(one)).toBe(addressKey(other))
  })

  it.each([
    '',
    'x',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1..2.3',
    '1.2.3.',
    ':::',
    '1:2',
    '::1::2',
    '12345::',
    '::g',
  ])('no address: "%s"', (text) => expect(addressKey(text)).toBeUndefined())

  it('are those that Node takes for one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        expect(addressKey(text) !== undefined).toBe(isIP(text) !== 0)
      }),
    )
  })
})

describe('ranges', () => {
  it.each([
    '',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/-1',
    '1.2.3.4/8/8',
    '::/129',
    '::ffff:1.2.3.4/95',
    'x/8',
    '1.2.3.4/0x8',
  ])('no range: "%s"', (text) => expect(parseRange(text)).toBeUndefined())

  it('hold their first and their last address, and a mapped one too', () => {
    const set = setOf('203.0.113.0/24', '2001:db8::/32', '198.51.100.7', '::ffff:192.0.2.0/120')
    for (const address of [
      '203.0.113.0',
      '203.0.113.255',
      '::ffff:203.0.113.9',
      '198.51.100.7',
      '192.0.2.200',
    ])
      expect([address, has(set, address)]).toEqual([address, true])
    for (const address of ['203.0.112.255', '203.0.114.0', '198.51.100.8', '192.0.3.0', '::', '2001:db9::'])
      expect([address, has(set, address)]).toEqual([address, false])
    expect(has(set, '2001:db8::')).toBe(true)
    expect(has(set, '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff')).toBe(true)
  })

  it('that lie in each other, or touch, hold what any of them holds', () => {
    const net = (version: 4 | 6) =>
      fc.tuple(version === 4 ? fc.ipV4() : fc.ipV6(), fc.integer({ min: 0, max: version === 4 ? 32 : 128 }))
    fc.assert(
      fc.property(
        fc.array(fc.oneof(net(4), net(6)), { maxLength: 20 }),
        fc.oneof(fc.ipV4(), fc.ipV6()),
        (nets, asked) => {
          // Node's own, by another way. A mapped address is of both families there, so the question is put for the one it is.
          const list = new BlockList()
          const plain = nets.filter(
            ([address]) => (typeof addressKey(address) === 'number') === isIPv4(address),
          )
          for (const [address, bits] of plain)
            list.addSubnet(address, bits, isIPv4(address) ? 'ipv4' : 'ipv6')
          fc.pre(isIPv4(asked) || typeof addressKey(asked) === 'string')
          const set = setOf(...plain.map(([address, bits]) => `${address}/${bits}`))
          const inside = plain.filter(([address]) => isIPv4(address) === isIPv4(asked))
          const expected = new BlockList()
          for (const [address, bits] of inside)
            expected.addSubnet(address, bits, isIPv4(address) ? 'ipv4' : 'ipv6')
          expect(has(set, asked)).toBe(expected.check(asked, isIPv4(asked) ? 'ipv4' : 'ipv6'))
        },
      ),
    )
  })
})
