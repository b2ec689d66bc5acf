import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Live, Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/** API, sockets and the worker as processes of their own on one database, and a proxy that makes one address of the first two. */
let api: TestSystem
let realtime: TestSystem
let worker: TestSystem
let proxy: ReturnType<typeof createServer>
let origin: string

beforeAll(async () => {
  proxy = createServer((asked, answered) => {
    const { url, method, headers } = asked
    const onward = request(new URL(url ?? '/', api.baseUrl), { method, headers }, (reply) => {
      answered.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answered)
    })
    asked.pipe(onward)
  })
  proxy.on('upgrade', ({ url, headers, rawHeaders }, socket) => {
    const { hostname, port } = new URL(
      url === '/api/v1/realtime' || url?.startsWith('/api/v1/realtime?') ? realtime.baseUrl : api.baseUrl,
    )
    const onward = connect(Number(port), hostname)
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []))
    onward.write(`GET ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    socket.pipe(onward).pipe(socket)
    for (const end of [socket, onward]) end.on('error', () => socket.destroy())
    expect(headers.upgrade).toBe('websocket')
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const env = { PUBLIC_URL: origin }
  api = await startSystem({ env: { ...env, ROLES: 'api' } })
  realtime = await startSystem({ beside: api, env: { ...env, ROLES: 'realtime' } })
  worker = await startSystem({ beside: api, env: { ...env, ROLES: 'worker,scheduler' } })
}, 60_000)
afterAll(async () => {
  proxy.close()
  for (const system of [worker, realtime, api]) await system[Symbol.asyncDispose]()
})

test('the API in one process, sockets in another, events in a third: a member sees one address', async () => {
  const [ana, ben] = [await Person.register(origin, 'ana'), await Person.register(origin, 'ben')]
  const post = await ana.share()
  await worker.settle()
  const live = await Live.of(ben)
  expect(await live.subscribe(`post:${post.post_id}`)).toBe('subscribed')
  await ana.like(post)
  await worker.settle()
  await vi.waitFor(() =>
    expect(live.messages).toContainEqual(
      expect.objectContaining({ type: 'post.counted', data: expect.objectContaining({ likes_count: 1 }) }),
    ),
  )
  const from = live.messages.length
  await ana.block(ben)
  await worker.settle()
  expect((await live.next('unsubscribed', from)).data).toEqual({ code: 'not_found' })
  await ben.api.accounts.logout()
  expect(await live.closed).toEqual({ code: 4401, reason: 'unauthorized' })
})

test('the web app’s cookie opens a socket through the proxy, and no other page’s does', async () => {
  const cleo = await Person.register(origin, 'cleo')
  const cookie = `tintype_access=${cleo.session.access_token}`
  const address = `${origin.replace('http', 'ws')}/api/v1/realtime`
  const own = new Live(address, { cookie, origin })
  await own.next('ready')
  await own.close()
  const foreign = new Live(address, { cookie, origin: 'https://elsewhere.example' })
  expect((await foreign.closed).code).toBe(4401)
})

test('each process answers only what is its own', async () => {
  expect((await fetch(`${realtime.baseUrl}/api/v1/users/ana`)).status).toBe(404)
  expect((await fetch(`${realtime.baseUrl}/ready`)).status).toBe(200)
  expect((await fetch(`${api.baseUrl}/api/v1/realtime`)).status).toBe(404)
  expect((await fetch(`${realtime.baseUrl}/api/v1/realtime`)).status).toBe(400)
})
