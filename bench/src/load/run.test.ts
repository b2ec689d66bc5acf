import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Ask, Job, Outcome } from './job.ts'
import { runJob } from './run.ts'

const page = JSON.stringify({ success: true, data: [], pagination: { next_cursor: null, has_more: false } })
const get: Ask = { method: 'GET', path: '/' }

/** Runs a job against a server that answers as told. */
async function load(answer: RequestListener, job: Partial<Job> = {}): Promise<Outcome> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    return await runJob(
      {
        host: '127.0.0.1',
        port,
        connections: 4,
        warmupSeconds: 0,
        seconds: 0.3,
        checkEvery: 1,
        traffic: [
          { name: 'page', weight: 1, asks: [get], order: 'random', expect: { kind: 'list', limit: 20 } },
        ],
        seed: 'test',
        ...job,
      },
      () => {},
    )
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const traffic = (asks: Ask[], order: 'random' | 'once', expect: Job['traffic'][number]['expect']) => [
  { name: 'page', weight: 1, asks, order, expect },
]

describe('the load generator', () => {
  it('counts answers and finds nothing wrong with good ones', async () => {
    let served = 0
    const outcome = await load((_request, response) => {
      served++
      response.end(page)
    })
    expect(outcome).toMatchObject({ requests: served, checked: served, errors: {}, wrong: {} })
    expect(outcome.bytesPerAnswer).toBe(page.length)
  })

  it('reads a body that comes in many pieces', async () => {
    const list = JSON.stringify({ success: true, data: Array.from({ length: 20 }, () => 'x'.repeat(30_000)) })
    const outcome = await load((_request, response) => {
      response.setHeader('content-length', list.length)
      for (let at = 0; at < list.length; at += 50_000) response.write(list.slice(at, at + 50_000))
      response.end()
    })
    expect(outcome).toMatchObject({ errors: {}, wrong: {}, bytesPerAnswer: list.length })
    expect(outcome.requests).toBeGreaterThan(4)
  })

  it('tells errors, broken connections and wrong pages', async () => {
    const refused = await load((_request, response) => void response.writeHead(503).end('{}'))
    expect(refused.errors).toEqual({ 'page: status 503': refused.requests })
    const cut = await load((request) => void request.socket.destroy(), {
      traffic: traffic([get, get, get], 'once', { kind: 'bytes' }),
    })
    expect(Object.values(cut.errors)).toEqual([3])
    const empty = await load((_request, response) => void response.end(page), {
      traffic: traffic([get], 'random', { kind: 'posts', order: 'newest', limit: 20 }),
    })
    expect(empty.wrong).toEqual({ 'page: no posts': empty.requests })
  })

  it('asks each once where told, and ends when none is left', async () => {
    const paths: string[] = []
    const asks = Array.from({ length: 50 }, (_, i): Ask => ({ method: 'POST', path: `/${i}`, body: { i } }))
    const outcome = await load(
      (request, response) => {
        paths.push(request.url ?? '')
        request.resume().on('end', () => response.end(page))
      },
      { traffic: traffic(asks, 'once', { kind: 'list', limit: 20 }) },
    )
    expect(paths.toSorted()).toEqual(asks.map((ask) => ask.path).toSorted())
    expect(outcome).toMatchObject({ requests: 50, exhausted: true, errors: {} })
  })

  it('keeps its pace in the open loop and counts the wait of what a stall held up', async () => {
    let stall: Promise<void> | undefined
    const outcome = await load(
      async (_request, response) => {
        stall ??= pause(200)
        await stall
        response.end(page)
      },
      { rate: 200, seconds: 0.5, connections: 2 },
    )
    // 100 fell due; those of the first 200 ms waited for its end though only two could be sent.
    expect(outcome.requests).toBe(100)
    expect(outcome.latency.max).toBeGreaterThan(150)
    expect(outcome.latency.p95).toBeGreaterThan(100)
    expect(outcome.latency.p50).toBeLessThan(100)
  })
})
