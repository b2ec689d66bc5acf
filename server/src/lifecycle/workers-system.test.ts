import { mkdir, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { Person } from '@tintype/testkit'
import { createTestDatabase } from '@tintype/testkit/database'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { serverProcesses, stop } from './server-process.suite.ts'

// The whole of Tintype in several processes.

const servers = serverProcesses()
let database: Awaited<ReturnType<typeof createTestDatabase>>
const agents: Agent[] = []
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(async () => {
  for (const agent of agents.splice(0)) agent.destroy()
  await database.dispose()
})

async function startTwo(env: Record<string, string> = {}) {
  const WEB_DIR = join(servers.dir, 'web')
  await mkdir(WEB_DIR)
  await writeFile(join(WEB_DIR, 'index.html'), '<!doctype html>')
  const settings = { WORKERS: '2', DATABASE_URL: database.url, WEB_DIR, LOG_LEVEL: 'warn', ...env }
  return servers.start(settings, { program: join(import.meta.dirname, '../main.ts') })
}

interface Answer {
  status: number | undefined
  body: string
}
type Ask = (path: string, options?: { method?: string; as?: Person }) => Promise<Answer>

/** A connection that stays with the process it came to. */
function connection(url: string): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agents.push(agent)
  return (path, { method = 'GET', as } = {}) =>
    new Promise((resolve, reject) => {
      const headers = as ? { authorization: `Bearer ${as.session.access_token}` } : {}
      const asked = request(url + path, { agent, method, headers }, (reply) => {
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

/** One connection to each of the two processes. */
async function bothOf(url: string): Promise<[Ask, Ask]> {
  const found = new Map<number, Ask>()
  for (let tries = 0; tries < 200 && found.size < 2; tries++) {
    const ask = connection(url)
    found.set(JSON.parse((await ask('/health')).body).worker, ask)
  }
  const [first, second] = [found.get(1), found.get(2)]
  if (!first || !second) throw new Error('one of the two never answered')
  return [first, second]
}

/** A machine that is busy with other things proves nothing. */
const aSecond = () => ((loadavg()[0] ?? 0) < 2 * availableParallelism() ? 1000 : 10_000)

const dataOf = ({ body }: Answer) => JSON.parse(body).data

test('what is done through one process is seen through the other within a second', async () => {
  const server = await startTwo({ RATE_LIMIT_MULTIPLIER: '0' })
  const [ana, ben] = [await Person.register(server.url, 'ana'), await Person.register(server.url, 'ben')]
  const { post_id } = await ana.share()
  const [first, second] = await bothOf(server.url)
  const see = async () => dataOf(await second(`/api/v1/posts/${post_id}`, { as: ben }))
  const seen = (expected: object) =>
    vi.waitFor(async () => expect(await see()).toMatchObject(expected), { timeout: aSecond(), interval: 5 })
  // Until its picture is ready only its author sees it.
  await vi.waitFor(async () => expect(await see()).toBeDefined(), { timeout: 20_000, interval: 20 })
  await first(`/api/v1/posts/${post_id}/like`, { method: 'POST', as: ben })
  await seen({ likes_count: 1, viewer: { liked: true } })
  await first(`/api/v1/posts/${post_id}/like`, { method: 'DELETE', as: ben })
  await seen({ likes_count: 0, viewer: { liked: false } })
  expect((await first('/api/v1/users/logout', { method: 'POST', as: ben })).status).toBeLessThan(300)
  await vi.waitFor(async () => expect((await second('/api/v1/users/me', { as: ben })).status).toBe(401), {
    timeout: aSecond(),
    interval: 5,
  })
  expect(await stop(server)).toBe(0)
  expect(server.said.err).toBe('')
})

test('rate limits and measurements are those of all processes', async () => {
  // A visitor's bucket has ten tokens, and one more every six seconds.
  const server = await startTwo({ RATE_LIMIT_MULTIPLIER: '0.01' })
  const [first, second] = await bothOf(server.url)
  const seen: (number | undefined)[] = []
  const statuses = async (ask: Ask, count: number) => {
    const answers = []
    for (let i = 0; i < count; i++) answers.push((await ask('/api/v1/instance')).status)
    seen.push(...answers)
    return answers
  }
  expect(await statuses(first, 6)).not.toContain(429)
  await vi.waitFor(async () => expect(await statuses(second, 5)).toContain(429), { interval: 50 })
  // A bucket of its own would have let the second give ten.
  expect(seen.filter((status) => status === 200).length).toBeLessThan(6 + 10)
  const { body } = await first('/metrics')
  const value = (metric: string) =>
    Number(new RegExp(`^${metric.replace(/[{}]/g, '\\$&')} (.*)$`, 'm').exec(body)?.[1])
  const answered = (status: number) =>
    value(`http_request_duration_seconds_count{method="GET",route="community.get",status="${status}"}`)
  for (const status of [200, 429])
    expect(answered(status)).toBe(seen.filter((each) => each === status).length)
  expect(value('tintype_workers')).toBe(2)
  expect(body).toContain('tintype_event_backlog{group="feed.fanout"}')
  expect(await stop(server)).toBe(0)
})
