import { randomUUID } from 'node:crypto'
import { startSystem, type TestSystem } from '@tintype/testkit'
import { startOpenSearch, type TestOpenSearch } from '@tintype/testkit/opensearch'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchSuite } from '../../../modules/search/search.suite.ts'

let node: TestOpenSearch
beforeAll(async () => {
  node = await startOpenSearch()
})
afterAll(() => node[Symbol.asyncDispose]())

const start = () =>
  startSystem({ env: { OPENSEARCH_URL: node.url, OPENSEARCH_PREFIX: `t${randomUUID()}`.slice(0, 40) } })

searchSuite('OpenSearch', start)

describe('OpenSearch away', () => {
  let system: TestSystem
  beforeAll(async () => {
    system = await start()
  })
  afterAll(() => system[Symbol.asyncDispose]())
  const ready = async () => {
    const reply = await fetch(`${system.baseUrl}/ready`)
    return { code: reply.status, ...((await reply.json()) as { checks: Record<string, string> }) }
  }

  test('search says so, everything else works, and what happened meanwhile is found when it is back', async () => {
    const [ana, ben] = await system.people('ana', 'ben')
    const found = async (q: string) =>
      (await ben.api.search.find({ query: { q, type: 'users' } })).items.map(
        (hit) => hit.type === 'user' && hit.user.username,
      )
    await system.settle()
    expect(await found('ana')).toEqual(['ana'])
    await node.kill()
    await expect(found('ana')).rejects.toMatchObject({ code: 'unavailable' })
    await ana.api.members.update({ body: { full_name: 'Zinnia Meadow' } })
    const [carla] = await system.people('carla')
    await carla.follow(ana)
    expect((await ben.profile(ana)).full_name).toBe('Zinnia Meadow')
    expect(await ready()).toMatchObject({ code: 200, checks: { database: 'ok', search: 'failed' } })
    expect(await (await fetch(`${system.baseUrl}/metrics`)).text()).toContain(
      'tintype_engine_up{engine="search"} 0',
    )
    await node.start()
    const back = { timeout: 50_000 }
    await expect.poll(() => found('zinnia').catch(() => 'away'), back).toEqual(['ana'])
    await expect.poll(() => found('carla'), back).toEqual(['carla'])
    expect((await ready()).checks.search).toBe('ok')
    expect(await system.engines.events.deadLetters()).toEqual([])
  })

  test('an index that was deleted is made anew by itself', async () => {
    const [dora] = await system.people('dora')
    await system.settle()
    const found = async () =>
      (await dora.api.search.find({ query: { q: 'dora', type: 'users' } })).items.length
    expect(await found()).toBe(1)
    await fetch(`${node.url}/${await system.engines.searchIndex.generation()}`, { method: 'DELETE' })
    await expect(found()).rejects.toMatchObject({ code: 'unavailable' })
    await system.pass(31)
    await expect.poll(() => found().catch(() => 0), { timeout: 30_000 }).toBe(1)
  })
})
