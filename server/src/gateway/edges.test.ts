import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { errors, operations, type RouteSpec, TintypeError } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { allBindings, answering, appWith, bearer } from './app.suite.ts'
import type { AppOptions } from './app.ts'
import { fastifyPath } from './routes.ts'

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

async function listening(options: Partial<AppOptions> = {}) {
  const gateway = await appWith({ bindings: allBindings(), ...options })
  apps.push(gateway.app)
  await gateway.app.listen({ port: 0, host: '127.0.0.1' })
  const address = gateway.app.server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return { ...gateway, port, origin: `http://127.0.0.1:${port}` }
}

/** A connection of one's own, for what no client sends. */
function line(port: number) {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    text += chunk
  })
  socket.on('error', () => {})
  return { socket, all: closed(socket).then(() => text) }
}

const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

function replyIn(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const [status = '', ...fields] = head.split('\r\n')
  const headers = new Headers(
    fields.map((each): [string, string] => [each.split(': ')[0] ?? '', each.split(': ')[1] ?? '']),
  )
  return { status: Number(status.split(' ')[1]), headers, body: body && JSON.parse(body) }
}

function expectEnvelope(
  { status, headers, body }: ReturnType<typeof replyIn>,
  code: keyof typeof errors,
): void {
  expect([status, body?.error?.code]).toEqual([errors[code].status, code])
  expect(body).toMatchObject({ success: false, error: { message: errors[code].message } })
  expect(body.error.request_id).toBe(headers.get('x-request-id'))
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cache-control')).toBe('no-store')
}

describe('what never becomes a request is answered like anything else', () => {
  test.each<[string, string, keyof typeof errors]>([
    ['no HTTP', 'HELLO\r\n\r\n', 'bad_request'],
    [
      'headers of 40 KB',
      `GET /api/v1/instance HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(40_000)}\r\n\r\n`,
      'headers_too_large',
    ],
    [
      'an address of 40 KB',
      `GET /api/v1/${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      'headers_too_large',
    ],
    [
      'two lengths',
      'POST /api/v1/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      'bad_request',
    ],
    [
      'a broken chunk',
      'POST /api/v1/users/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'bad_request',
    ],
    [
      'an address that is no address',
      'GET /api/v1/users/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'bad_request',
    ],
    [
      'a name of 2000 characters',
      `GET /api/v1/users/${'a'.repeat(2000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      'not_found',
    ],
  ])('%s', async (_, request, code) => {
    const { port } = await listening()
    const { socket, all } = line(port)
    socket.write(request)
    expectEnvelope(replyIn(await all), code)
  })
})

describe('a body that dribbles in is given up', () => {
  const pace = { patienceMs: 300, leastRate: 1000, lookEveryMs: 20 }
  const head = (path: string, type: string) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer member\r\nContent-Type: ${type}\r\nContent-Length: 5000\r\n\r\n`
  async function dribble(socket: Socket): Promise<void> {
    while (!socket.destroyed) {
      socket.write(' ')
      await wait(20)
    }
  }

  test.each([
    ['JSON', '/api/v1/users/login', 'application/json'],
    ['a form', '/api/v1/posts', 'multipart/form-data; boundary=x'],
  ])('%s', async (_, path, type) => {
    const { port, logs } = await listening({ pace, ...(path.endsWith('posts') ? { bindings: reading } : {}) })
    const { socket, all } = line(port)
    socket.write(head(path, type))
    const [text] = await Promise.all([all, dribble(socket)])
    expectEnvelope(replyIn(text), 'request_timeout')
    expect(logs.filter((each) => each.includes('"level":50'))).toEqual([])
  })

  test('but not one that is slow and steady', async () => {
    const bindings = answering('accounts.login', async () => {
      throw new TintypeError('credentials_wrong')
    })
    const { origin } = await listening({ bindings, pace: { ...pace, leastRate: 200 } })
    const slow = new ReadableStream({
      async start(controller) {
        const text = JSON.stringify({ login: 'ana', password: 'x'.repeat(120) })
        for (const piece of text.match(/.{1,15}/g) ?? []) {
          controller.enqueue(new TextEncoder().encode(piece))
          await wait(60)
        }
        controller.close()
      },
    })
    const reply = await fetch(`${origin}/api/v1/users/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: slow,
      duplex: 'half',
    } as RequestInit)
    expect(reply.status).toBe(401)
  })
})

const reading = answering('posts.create', async ({ request }) => {
  for await (const part of request.parts()) if (part.type === 'file') await part.toBuffer()
  return {} as never
})

describe('while the process ends', () => {
  test('a request on a connection that is kept is 503, with the envelope and Retry-After', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const { app, port } = await listening({
      bindings: answering('community.get', async () => {
        await held
        return {} as never
      }),
    })
    const { socket, all } = line(port)
    const ask = (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    ask('/api/v1/instance')
    await once(app.server, 'request')
    const closing = app.close()
    await vi.waitFor(() => expect(app.server.listening).toBe(false))
    ask('/api/v1/users/ana')
    await once(app.server, 'request')
    release()
    await closing
    const [first, second] = (await all).split('HTTP/1.1 ').slice(1)
    expect(first).toMatch(/^200 OK/)
    const refused = replyIn(`HTTP/1.1 ${second}`)
    expectEnvelope(refused, 'unavailable')
    expect(refused.headers.get('retry-after')).toBe('2')
  })
})

describe('methods', () => {
  test('every address of the contract refuses every other one, and says which it takes', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    apps.push(app)
    const specs = Object.values(operations)
    for (const path of new Set(specs.map(({ path }) => path))) {
      const taken = specs.filter((spec) => spec.path === path)
      const allowed = new Set<string>(taken.map(({ method }) => method))
      if (allowed.has('GET')) allowed.add('HEAD')
      const url = fastifyPath(taken[0] as RouteSpec).replace(/:\w+/g, '0195f3a0-0000-7000-8000-000000000000')
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
        if (allowed.has(method)) continue
        const reply = await app.inject({ method, url, headers: bearer('member') })
        expect([method, url, reply.statusCode, reply.json().error?.code]).toEqual([
          method,
          url,
          405,
          'method_not_allowed',
        ])
        expect(new Set(String(reply.headers.allow).split(', '))).toEqual(allowed)
      }
    }
  })

  test('a name beats a parameter, and what is beside the contract has methods too', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    apps.push(app)
    const allow = async (method: 'GET' | 'PUT' | 'POST', url: string) =>
      (await app.inject({ method, url })).headers.allow
    expect(await allow('PUT', '/api/v1/posts/upload')).toBe('POST')
    expect(await allow('GET', '/api/v1/posts/confirm')).toBe('POST')
    for (const name of ['login', 'refresh', 'register'])
      expect(await allow('GET', `/api/v1/users/${name}`)).toBe('POST')
    expect(await allow('POST', '/health')).toBe('GET, HEAD')
    expect((await app.inject({ method: 'PUT', url: '/nowhere' })).statusCode).toBe(404)
  })
})
