import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const inner = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inner.addSubnet(net, bits, 'ipv4')
// The second line may lead to any of the addresses above: NAT64, Teredo and 6to4 carry one inside.
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 23],
  ['2002::', 16],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(net, bits, 'ipv6')

/** Whether an IP address is one of the open internet: not of this machine, its network, a cloud's metadata, or of no use at all. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address.split('%', 1)[0] ?? '')
  if (version === 0) return false
  return !inner.check(address.split('%', 1)[0] ?? '', version === 6 ? 'ipv6' : 'ipv4')
}

/** Whether the host of a URL can be reached from the open internet, as far as its name alone says. */
export function isPublicHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare)) return isPublicAddress(bare)
  return (
    /^(?=.{4,253}\.?$)(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,61}\.?$/i.test(bare) &&
    !/\.(local|localhost|internal|lan|home\.arpa)\.?$/i.test(bare)
  )
}

/**
 * For a request to an address that somebody else chose: looks its name up and gives only public addresses, to the connection itself, so that
 * a name cannot mean one thing when it is checked and another when it is used.
 */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0)
    const open = found.filter(({ address }) => isPublicAddress(address))
    const [first] = open
    if (!first)
      return done(Object.assign(new Error(`${hostname} is not public`), { code: 'EPRIVATE' }), '', 0)
    if (options.all) done(null, open)
    else done(null, first.address, first.family)
  })
}
