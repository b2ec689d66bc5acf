import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, parseConfig, serviceNames } from './config.ts'

const mistakesOf = (env: Record<string, string>): readonly string[] => {
  try {
    parseConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
}

test('needs nothing', () => {
  const config = parseConfig({})
  expect(config).toMatchObject({ port: 3000, host: 'localhost', publicUrl: '', databaseUrl: '', secret: '' })
  expect(config.roles).toEqual(['api', 'worker', 'realtime', 'scheduler'])
  expect(config).toMatchObject({ services: [...serviceNames], serve: ['read', 'write'], isWhole: true })
  expect(config.dataDir).toBe(resolve('.tintype'))
  expect(Object.isFrozen(config)).toBe(true)
})

test('takes what is set, and an empty variable for one that is not', () => {
  const config = parseConfig({
    PORT: '8080',
    PUBLIC_URL: 'https://photos.example.org/',
    ROLES: 'worker, scheduler',
    SERVICES: 'media, posts',
    SERVE: 'read',
    TRUST_PROXY: 'yes',
    CORS_ORIGINS: 'https://a.example, https://b.example',
    RATE_LIMIT_MULTIPLIER: '0.5',
    HOST: ' ',
  })
  expect(config).toMatchObject({ port: 8080, publicUrl: 'https://photos.example.org', host: 'localhost' })
  expect(config).toMatchObject({ services: ['media', 'posts'], serve: ['read'], isWhole: false })
  expect(config).toMatchObject({ roles: ['worker', 'scheduler'], trustProxy: true, rateLimitMultiplier: 0.5 })
  expect(config.corsOrigins).toEqual(['https://a.example', 'https://b.example'])
})

test('tells every mistake at once, by the name of its variable', () => {
  const mistakes = mistakesOf({
    PORT: '70000',
    WORKERS: '0',
    DATABASE_POOL: '2.5',
    PUBLIC_URL: 'photos',
    DATABASE_URL: 'mysql://db',
    DATABASE_REPLICA_URLS: 'postgres://one/db, two',
    OPENSEARCH_URL: 'https://search:9200/path',
    OPENSEARCH_PREFIX: 'Upper',
    ROLES: 'api,cook',
    SERVICES: 'feed,kitchen',
    SERVE: 'write,erase',
    LOG_LEVEL: 'loud',
    TRUST_PROXY: 'maybe',
    SECRET: 'short',
  })
  const names = [
    'PORT',
    'WORKERS',
    'DATABASE_URL',
    'DATABASE_POOL',
    'DATABASE_REPLICA_URLS',
    'OPENSEARCH_URL',
    'OPENSEARCH_PREFIX',
    'SERVICES',
    'SERVE',
    'ROLES',
    'PUBLIC_URL',
    'SECRET',
    'LOG_LEVEL',
    'TRUST_PROXY',
  ]
  expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual(names)
  for (const mistake of mistakes) expect(mistake).toMatch(/^[A-Z_]+ .*\.$/)
})

test('takes no public address but that of a host: paths are made from its root', () => {
  for (const tail of ['/photos', '/?a=b', '?a=b', '/#top', '/a/'])
    expect(mistakesOf({ PUBLIC_URL: `https://example.org:8443${tail}` }).join()).toMatch(
      /^PUBLIC_URL must end after the host and port \(https:\/\/example\.org:8443\)/,
    )
  expect(mistakesOf({ PUBLIC_URL: 'https://me:hunter2@example.org' }).join()).toMatch(
    /^PUBLIC_URL (?!.*hunter2)/,
  )
  expect(parseConfig({ PUBLIC_URL: 'HTTPS://Example.org:443/' }).publicUrl).toBe('https://example.org')
})

test('log-in through others is set as a whole, with an issuer that can be believed', () => {
  const whole = {
    PUBLIC_URL: 'https://photos.example.org',
    OIDC_ISSUER: 'https://login.example.org/school/',
    OIDC_CLIENT_ID: 'tintype',
    OIDC_CLIENT_SECRET: 'hunter2',
  }
  expect(parseConfig({}).openId).toBeUndefined()
  expect(parseConfig(whole).openId).toMatchObject({
    issuer: 'https://login.example.org/school/',
    name: 'login.example.org',
    scopes: 'openid profile email',
    signUp: undefined,
    only: false,
  })
  expect(parseConfig({ ...whole, OIDC_SIGN_UP: 'invited' }).openId?.signUp).toBe('invitation')
  expect(mistakesOf({ ...whole, OIDC_CLIENT_SECRET: '' }).join()).toMatch(/must be OIDC_CLIENT_SECRET as/)
  expect(mistakesOf({ OIDC_ONLY: 'true' }).join()).toContain('OIDC_ISSUER')
  const wrong = {
    PUBLIC_URL: '',
    OIDC_ISSUER: 'http://login.example.org',
    OIDC_SCOPES: 'email',
    OIDC_SIGN_UP: 'all',
  }
  const mistakes = mistakesOf({ ...whole, ...wrong })
  for (const name of Object.keys(wrong)) expect(mistakes.join()).toContain(name)
  expect(mistakes.join()).not.toContain('hunter2')
  expect(mistakesOf({ ...whole, OIDC_ISSUER: 'http://127.0.0.1:9000' })).toEqual([])
})

test('does not show the secrets it complains of', () => {
  expect(mistakesOf({ SECRET: 'hunter2' }).join()).not.toContain('hunter2')
  expect(mistakesOf({ DATABASE_URL: 'http://me:hunter2@db' }).join()).not.toContain('hunter2')
})

test('the services that the guide for owners makes of modules are all of them, each once', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../docs/operations.md'), 'utf8')
  const [, table = ''] = guide.split('| service | `SERVICES` |')
  const rows = table.slice(0, table.indexOf('\n\n')).split('\n').slice(2)
  const listed = rows.flatMap((row) => [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)])
  expect(listed.flatMap(([, names = '']) => names.split(',')).sort()).toEqual([...serviceNames].sort())
})
