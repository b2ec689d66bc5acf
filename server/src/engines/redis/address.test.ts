import { describe, expect, it } from 'vitest'
import { redisAddress } from './address.ts'

const [a, b] = [
  { host: 'a', port: 7001 },
  { host: 'b', port: 6379 },
]

describe('where Redis is', () => {
  it.each([
    ['redis://a:7001', { kind: 'single', ...a, db: 0, tls: false }],
    ['redis://[::1]/2', { kind: 'single', host: '::1', port: 6379, db: 2, tls: false }],
    ['rediss://me:p%40ss@b', { kind: 'single', ...b, db: 0, tls: true, username: 'me', password: 'p@ss' }],
    ['redis+cluster://a:7001,b', { kind: 'cluster', nodes: [a, b], tls: false }],
    ['rediss+cluster://:secret@a:7001', { kind: 'cluster', nodes: [a], tls: true, password: 'secret' }],
    [
      'redis+sentinel://a:7001,b:6379/main/1',
      { kind: 'sentinel', sentinels: [a, b], name: 'main', db: 1, tls: false },
    ],
  ])('reads %s', (url, address) => expect(redisAddress(url)).toEqual(address))

  it.each([
    '',
    'http://a',
    'redis://',
    'redis://a,b',
    'redis://a:port',
    'redis://a/first',
    'redis+sentinel://a:1',
    'redis+cluster://a/1',
  ])('does not take "%s"', (url) => expect(redisAddress(url)).toBeUndefined())
})
