import { request } from 'node:http'
import { API_PREFIX, operations } from '@tintype/contract'
import { startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi } from './api.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

it('every route of the contract is bound, each once', () => {
  const bound = system.system.routes.map(({ operation }) => operation)
  expect([...bound].sort()).toEqual(Object.keys(operations).sort())
})

it('is ready when all engines are', async () => {
  const reply = await fetch(`${system.baseUrl}/ready`)
  expect([reply.status, await reply.json()]).toMatchObject([200, { status: 'ready' }])
})

describe('stopping', () => {
  it('lets a request that runs end, takes no new one, and closes idle connections', async () => {
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
    const { promise: leaving, resolve: leave } = Promise.withResolvers<void>()
    const api = await startApi({
      ...system.system,
      plugins: [
        (app) => {
          app.get('/slow', async () => {
            enter()
            await leaving
            return { done: true }
          })
        },
      ],
    })
    await fetch(`${api.url}/health`)
    const slow = get(`${api.url}/slow`)
    await entered
    const stopped = api[Symbol.asyncDispose]()
    // Reset where the line was waiting to be accepted at the moment the listener closed.
    const refusal = { code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/) }
    await expect(get(`${api.url}/health`)).rejects.toMatchObject(refusal)
    leave()
    expect(await slow).toEqual({ status: 200, body: '{"done":true}' })
    await stopped
  })
})

describe('names of members', () => {
  it('that could hide an address of the API are reserved', async () => {
    const beside = new Set(
      Object.values(operations).flatMap(({ path }) => {
        const [, first, second] = path.split('/')
        return first === 'users' && second && !second.startsWith('{') ? [second] : []
      }),
    )
    for (const username of [...beside].filter((name) => /^\w{3,}$/.test(name))) {
      const reply = await fetch(`${system.baseUrl}${API_PREFIX}/users/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, email: 'a@example.org', password: 'correct horse battery staple' }),
      })
      expect(await reply.json()).toMatchObject({ error: { code: 'username_reserved' } })
    }
  })
})

/** One request on a connection of its own. */
function get(url: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false }, (reply) => {
      let body = ''
      reply.on('data', (chunk: Buffer) => {
        body += chunk
      })
      reply.on('end', () => resolve({ status: reply.statusCode, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}
