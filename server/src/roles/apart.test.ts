import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Live, Person, startSystem, type TestSystem } from '@tintype/testkit'
import { freePorts } from '@tintype/testkit/free-ports'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { serviceNames } from '../config.ts'

/**
 * Reads, writes, messages, sockets and two workers as processes of their own on one database, and a proxy that makes one address of those
 * that are asked something.
 */
let reading: TestSystem
let writing: TestSystem
let talking: TestSystem
let realtime: TestSystem
let workers: TestSystem[]
let proxy: ReturnType<typeof createServer>
let origin: string

/** By path and method, as a balancer has it. */
function whoAnswers(method = 'GET', path = '/'): TestSystem {
  if (path.startsWith('/api/v1/conversations')) return talking
  return method === 'GET' || method === 'HEAD' ? reading : writing
}

const isSocket = (url = ''): boolean => /^\/api\/v1\/realtime(\?|$)/.test(url)

beforeAll(async () => {
  proxy = createServer((asked, answered) => {
    const { url, method, headers } = asked
    const { baseUrl } = whoAnswers(method, url)
    const onward = request(new URL(url ?? '/', baseUrl), { method, headers }, (reply) => {
      answered.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answered)
    })
    asked.pipe(onward)
  })
  proxy.on('upgrade', ({ url, headers, rawHeaders }, socket) => {
    const { hostname, port } = new URL(isSocket(url) ? realtime.baseUrl : reading.baseUrl)
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
  const beside = (env: Record<string, string>) =>
    startSystem({ beside: reading, env: { PUBLIC_URL: origin, ...env } })
  reading = await startSystem({ env: { PUBLIC_URL: origin, ROLES: 'api', SERVE: 'read' } })
  writing = await beside({ ROLES: 'api', SERVE: 'write' })
  talking = await beside({ ROLES: 'api', SERVICES: 'messages' })
  realtime = await beside({ ROLES: 'realtime' })
  const others = serviceNames.filter((name) => name !== 'media' && name !== 'feed')
  workers = [
    await beside({ ROLES: 'worker', SERVICES: 'media,feed' }),
    await beside({ ROLES: 'worker,scheduler', SERVICES: others.join() }),
  ]
}, 60_000)
afterAll(async () => {
  proxy.close()
  for (const system of [...workers, realtime, talking, writing, reading]) await system[Symbol.asyncDispose]()
})

/** What one worker has done makes work for the other. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) for (const worker of workers) await worker.settle()
}

test('from signing up to a notice: each process does its part, and a member sees one address', async () => {
  const [dora, emil] = [await Person.register(origin, 'dora'), await Person.register(origin, 'emil')]
  await emil.api.graph.follow({ params: { username: dora.username } })
  await settle()
  await emil.home()
  const post = await dora.share()
  expect(post.status).toBe('processing')
  await settle()
  expect(await emil.home()).toEqual([post.post_id])
  await emil.like(post)
  const conversation = await emil.api.conversations.create({ body: { usernames: [dora.username] } })
  const { conversation_id } = conversation
  await emil.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: crypto.randomUUID(), text: 'Where is this?' },
  })
  await settle()
  const { items } = await dora.api.messages.list({ params: { conversation_id } })
  expect(items.map(({ body }) => body)).toEqual(['Where is this?'])
  const told = (await dora.notifications()).map(({ type }) => type)
  expect(told).toEqual(expect.arrayContaining(['like', 'follow']))
  expect((await emil.post(post.post_id)).likes_count).toBe(1)
})

test('the API in one process, sockets in another, events in a third: a member sees one address', async () => {
  const [ana, ben] = [await Person.register(origin, 'ana'), await Person.register(origin, 'ben')]
  const post = await ana.share()
  await settle()
  const live = await Live.of(ben)
  expect(await live.subscribe(`post:${post.post_id}`)).toBe('subscribed')
  await ana.like(post)
  await settle()
  await vi.waitFor(() =>
    expect(live.messages).toContainEqual(
      expect.objectContaining({ type: 'post.counted', data: expect.objectContaining({ likes_count: 1 }) }),
    ),
  )
  const from = live.messages.length
  await ana.block(ben)
  await settle()
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

test('a worker tells how it is on a port of its own, and answers nothing else', async () => {
  const [port = 0] = await freePorts(1)
  await using worker = await startSystem({
    beside: reading,
    env: { ROLES: 'worker', SERVICES: 'media', HEALTH_PORT: String(port) },
  })
  expect(worker.baseUrl).toBe('')
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  expect(await (await ask('/health')).json()).toMatchObject({ status: 'ok' })
  expect(await (await ask('/ready')).json()).toMatchObject({ status: 'ready', checks: { database: 'ok' } })
  expect(await (await ask('/metrics')).text()).toContain('tintype_engine_up{engine="database"} 1')
  expect((await ask('/api/v1/users/ana')).status).toBe(404)
})

test('each process answers only what is its own', async () => {
  expect((await fetch(`${realtime.baseUrl}/api/v1/users/ana`)).status).toBe(421)
  expect((await fetch(`${realtime.baseUrl}/ready`)).status).toBe(200)
  expect((await fetch(`${reading.baseUrl}/api/v1/realtime`)).status).toBe(404)
  expect((await fetch(`${talking.baseUrl}/api/v1/users/ana`)).status).toBe(421)
  expect((await fetch(`${realtime.baseUrl}/api/v1/realtime`)).status).toBe(400)
})
