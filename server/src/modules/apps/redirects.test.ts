import { NewApp } from '@tintype/contract'
import { describe, expect, it, test } from 'vitest'
import { valid } from '../../gateway/validation.ts'
import { isRedirectUri, isRegistered, returnsTo, withAnswer } from './redirects.ts'

describe('an address to come back to', () => {
  it.each([
    ['https://app.example/cb', true],
    ['https://app.example/cb?tenant=1', true],
    ['http://127.0.0.1/cb', true],
    ['http://127.0.0.1:4711/cb', true],
    ['http://[::1]:4711/', true],
    ['http://localhost/cb', true],
    ['org.example.app:/cb', true],
    ['http://app.example/cb', false],
    ['http://127.0.0.1.evil.example/cb', false],
    ['http://localhost.evil.example/', false],
    ['https://app.example/cb#part', false],
    ['https://me:secret@app.example/cb', false],
    ['https://app.example\\@evil.example/', false],
    ['https://app.example/ cb', false],
    ['javascript:alert(1)', false],
    ['data:text/html,hi', false],
    ['file:///etc/passwd', false],
    ['app:/cb', false],
    ['/cb', false],
    ['', false],
    [`https://app.example/${'x'.repeat(500)}`, false],
  ])('%s: %s', (uri, may) => {
    expect(isRedirectUri(uri)).toBe(may)
  })
})

describe('is compared letter by letter', () => {
  const registered = ['https://app.example/cb', 'http://127.0.0.1/cb', 'http://[::1]:1/cb']
  it.each([
    ['https://app.example/cb', true],
    ['https://app.example/cb/', false],
    ['https://app.example/cb?x=1', false],
    ['https://app.example:443/cb', false],
    ['https://APP.example/cb', false],
    ['https://app.example/cb/../cb', false],
    ['https://app.example/%63b', false],
    ['https://sub.app.example/cb', false],
    ['https://app.example.evil.example/cb', false],
    ['http://app.example/cb', false],
    // But for the port on this device.
    ['http://127.0.0.1:4711/cb', true],
    ['http://127.0.0.1:1/cb', true],
    ['http://[::1]:4711/cb', true],
    ['http://127.0.0.1:4711/other', false],
    ['http://127.0.0.1:4711/x/../cb', false],
    ['http://localhost:4711/cb', false],
    ['http://127.0.0.1:4711@evil.example/cb', false],
    ['https://127.0.0.1:4711/cb', false],
  ])('%s: %s', (asked, is) => {
    expect(isRegistered(asked, registered)).toBe(is)
  })
})

test('the host that a member comes back to is shown as a browser reads it', () => {
  expect(returnsTo('https://app.example:8443/cb')).toBe('app.example:8443')
  expect(returnsTo('http://127.0.0.1:4711/cb')).toBeNull()
  expect(returnsTo('org.example.app:/cb')).toBeNull()
})

test('an answer is added to the query that an address has', () => {
  expect(withAnswer('https://app.example/cb?tenant=1', { code: 'a b', state: undefined })).toBe(
    'https://app.example/cb?tenant=1&code=a+b',
  )
  expect(withAnswer('org.example.app:/cb', { code: 'x' })).toBe('org.example.app:/cb?code=x')
})

test.each([
  ['a website', { website: `http://${'a'.repeat(200_000)} ` }],
  ['scopes', { scopes: Array.from({ length: 40_000 }, (_, n) => `s${n}`) }],
  ['addresses', { redirect_uris: Array.from({ length: 40_000 }, (_, n) => `u${n}`) }],
])(
  '%s without end are refused in time that grows with their length',
  (_, wrong) => {
    const right = {
      name: 'x',
      website: 'https://a.example/b',
      redirect_uris: [],
      scopes: ['read'],
      confidential: false,
    }
    const isNewApp = valid(NewApp)
    expect([isNewApp(right), isNewApp({ ...right, ...wrong })]).toEqual([true, false])
  },
  2000,
)
