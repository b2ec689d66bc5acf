import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { answering, appWith } from './app.suite.ts'
import { ReadyJson } from './binding.ts'
import { encodingFor } from './compression.ts'

const place = {
  name: 'The Photo Club',
  description: 'Plates and people. '.repeat(400),
  registration: 'open',
  is_set_up: true,
  version: '1',
  deletion_days: 0,
  members_count: 3,
  video: null,
} as const

const url = '/api/v1/instance'
const afar = '203.0.113.9'

const read = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync }

describe('a long reply', () => {
  it.each(['zstd', 'br', 'gzip'] as const)('goes out as %s to whoever reads it', async (encoding) => {
    for (const answer of [place, new ReadyJson([JSON.stringify(place)])]) {
      const { app } = await appWith({
        bindings: answering('community.get', async () => answer),
        config: { compression: 'auto' },
      })
      const headers = { 'accept-encoding': encoding }
      const reply = await app.inject({ url, headers, remoteAddress: afar })
      expect(reply.headers['content-encoding']).toBe(encoding)
      expect(reply.headers.vary).toBe('Accept-Encoding')
      expect(reply.rawPayload.length).toBeLessThan(600)
      expect(JSON.parse(read[encoding](reply.rawPayload).toString())).toEqual({ success: true, data: place })
    }
  })

  it('goes out as it is to whoever does not', async () => {
    const { app } = await appWith({
      bindings: answering('community.get', async () => place),
      config: { compression: 'auto' },
    })
    const reply = await app.inject({ url, remoteAddress: afar })
    expect([reply.headers['content-encoding'], reply.headers.vary]).toEqual([undefined, 'Accept-Encoding'])
    expect(reply.json().data).toEqual(place)
  })

  it.each([
    ['a caller on this machine', { compression: 'auto' }, '127.0.0.1'],
    ['a caller on this machine, by IPv6', { compression: 'auto' }, '::1'],
    ['a proxy', { compression: 'auto', trustProxy: true }, afar],
    ['nobody, where it is turned off', { compression: 'off' }, afar],
  ] as const)('is left as it is for %s', async (_who, config, remoteAddress) => {
    const { app } = await appWith({ bindings: answering('community.get', async () => place), config })
    const reply = await app.inject({ url, headers: { 'accept-encoding': 'br' }, remoteAddress })
    expect(reply.headers['content-encoding']).toBe(undefined)
    expect(reply.json().data).toEqual(place)
  })

  it('is compressed for a proxy that does not, where that is asked for', async () => {
    const config = { compression: 'on', trustProxy: true } as const
    const { app } = await appWith({ bindings: answering('community.get', async () => place), config })
    const reply = await app.inject({ url, headers: { 'accept-encoding': 'br' }, remoteAddress: '127.0.0.1' })
    expect(reply.headers['content-encoding']).toBe('br')
  })
})

it('a short reply fits into one packet as it is', async () => {
  const { app } = await appWith({
    bindings: answering('community.get', async () => ({ ...place, description: '' })),
    config: { compression: 'on' },
  })
  const reply = await app.inject({ url, headers: { 'accept-encoding': 'br' } })
  expect(reply.headers['content-encoding']).toBe(undefined)
})

it('the length of what holds a secret tells nothing of it', async () => {
  const long = 'x'.repeat(5000)
  const tokens = { user: {}, access_token: long, refresh_token: long, expires_in: 3600 } as never
  const { app } = await appWith({
    bindings: answering('accounts.login', async () => tokens),
    config: { compression: 'on' },
  })
  const headers = { 'accept-encoding': 'br' }
  const login = await app.inject({
    method: 'POST',
    url: '/api/v1/users/login',
    headers,
    body: { login: 'ana', password: 'secret words' },
  })
  expect([login.statusCode, login.headers['content-encoding']]).toEqual([200, undefined])
})

it.each([
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'zstd'],
  ['*;q=0.1, GZIP', 'gzip'],
  ['identity', undefined],
  ['zstd;q=0, br;q=0, gzip;q=0', undefined],
  ['br;q=nonsense', undefined],
  ['', undefined],
  [undefined, undefined],
])('of %s it takes %s', (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding)
})
