import { API_PREFIX, operations } from '@tintype/contract'
import { startSystem, type TestSystem } from '@tintype/testkit'
import { expect, test } from 'vitest'
import { serviceNames } from './config.ts'

test('every route of the contract has one handler', async () => {
  await using started = await startSystem()
  const bound = started.system.routes.map((binding) => binding.operation)
  expect(bound.sort()).toEqual(Object.keys(operations).sort())
})

test('a process binds the routes of the modules that it serves, and no others', async () => {
  await using whole = await startSystem()
  const [ana] = await whole.people('ana')
  const { post_id } = await ana.share()
  await whole.settle()
  await using part = await startSystem({ beside: whole, env: { SERVICES: 'feed,graph' } })
  const domains = part.system.routes.map(({ operation }) => operation.split('.')[0])
  expect(new Set(domains)).toEqual(new Set(['feed', 'graph', 'circles', 'interactionLimit', 'viewing']))
  const ask = async (path: string) => {
    const authorization = `Bearer ${ana.session.access_token}`
    const reply = await fetch(part.baseUrl + path, { headers: { authorization } })
    return [reply.status, ((await reply.json()) as { error?: { code: string } }).error?.code]
  }
  // It knows who asks, and asks the other modules what they know, without serving them.
  expect(await ask(`${API_PREFIX}/feed/home`)).toEqual([200, undefined])
  expect(await ask(`${API_PREFIX}/users/ana/followers`)).toEqual([200, undefined])
  for (const path of ['/users/ana', `/posts/${post_id}`, `/posts/${post_id}/comments`])
    expect([path, ...(await ask(API_PREFIX + path))]).toEqual([path, 421, 'misdirected'])
  expect(await ask(`${API_PREFIX}/no/such/thing`)).toEqual([404, 'not_found'])
  expect((await fetch(`${part.baseUrl}/media/x/y`)).status).toBe(404)
})

test('of a pool that reads and one that writes each answers its own, and together they answer all', async () => {
  await using reading = await startSystem({ env: { SERVE: 'read' } })
  await using writing = await startSystem({ beside: reading, env: { SERVE: 'write' } })
  const isRead = ({ method }: { method: string }) => method === 'GET'
  const all = Object.entries(operations)
  const bound = ({ system }: TestSystem) => system.routes.map(({ operation }) => operation).sort()
  const named = (of: typeof all) => of.map(([name]) => name).sort()
  expect(bound(reading)).toEqual(named(all.filter(([, spec]) => isRead(spec))))
  expect(bound(writing)).toEqual(named(all.filter(([, spec]) => !isRead(spec))))

  const misdirected = async (url: string, method: string) => {
    const reply = await fetch(url, { method })
    const text = await reply.text()
    return reply.status === 421 && (method === 'HEAD' || JSON.parse(text).error.code === 'misdirected')
  }
  // Of the contract, and of engines and modules that serve bytes.
  expect(await misdirected(`${writing.baseUrl}${API_PREFIX}/feed/explore`, 'GET')).toBe(true)
  expect(await misdirected(`${writing.baseUrl}/media/x/y`, 'HEAD')).toBe(true)
  expect(await misdirected(`${reading.baseUrl}${API_PREFIX}/users/register`, 'POST')).toBe(true)
  expect(await misdirected(`${reading.baseUrl}/objects/x?signature=y`, 'PUT')).toBe(true)
  for (const { baseUrl } of [reading, writing]) expect((await fetch(`${baseUrl}/ready`)).status).toBe(200)
  // Who asks is known to both.
  expect((await fetch(`${reading.baseUrl}${API_PREFIX}/users/me`)).status).toBe(401)
})

test('a process runs the consumers and schedules of the modules that it serves; together they run all', async () => {
  await using api = await startSystem({ env: { ROLES: 'api' } })
  const [ana, ben] = await api.people('ana', 'ben')
  await ben.follow(ana)
  await ben.home()
  const { post_id } = await ana.share()
  const worker = (SERVICES: string) => startSystem({ beside: api, env: { ROLES: 'worker', SERVICES } })
  const seen = async () => [(await ana.post(post_id)).status, (await api.timelineOf(ben)).length] as const

  await using making = await worker('media,posts')
  await making.settle()
  expect(await seen()).toEqual(['published', 0])
  await using spreading = await worker(serviceNames.filter((name) => !/^(media|posts)$/.test(name)).join())
  await spreading.settle()
  expect(await seen()).toEqual(['published', 1])

  const all = ({ system }: typeof api) => system.consumers.map(({ group }) => group)
  // Of caches every process has its part.
  for (const process of [api, making, spreading]) expect(all(process)).toContain('caches')
  const groups = (process: typeof api) => all(process).filter((group) => group !== 'caches')
  const schedules = ({ system }: typeof api) => system.schedules.map(({ name }) => name)
  expect(groups(making)).toContain('erasure.media')
  expect([...groups(making), ...groups(spreading)].sort()).toEqual(groups(api).sort())
  const once = (names: string[]) => [...new Set(names)].sort()
  expect(once([...schedules(making), ...schedules(spreading)])).toEqual(once(schedules(api)))
})
