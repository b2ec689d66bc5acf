import type { Ask, Expectation } from '../load/job.ts'
import { only, type Stage } from '../stage.ts'
import type { Viewer } from './viewers.ts'

const W = 'home feed, first page'
const sorts = ['ranked', 'chronological'] as const
type Sort = (typeof sorts)[number]
/** As many members ask in turn in every size, so that what a cache must hold grows with none. */
const VIEWERS = 500

const homeOf = (viewer: Viewer, sort: Sort): Ask => ({
  method: 'GET',
  path: `/api/v1/feed/home?sort=${sort}`,
  token: viewer.token,
})
const pageIn = (sort: Sort): Expectation => ({
  kind: 'posts',
  order: sort === 'ranked' ? 'any' : 'newest',
  limit: 20,
})

/** (1) The home feed warm, beside the references; then other kinds of members; then cold. */
export async function home(stage: Stage): Promise<void> {
  const viewers = stage.viewers.some('ordinary', stage.options.quick ? VIEWERS / 5 : VIEWERS)
  await visitAll(stage, viewers)
  await stage.runs(async () => {
    await measureReferences(stage, viewers)
    for (const sort of sorts)
      for (const connections of [16, 1, 64]) {
        if (stage.options.quick && (connections === 1 || sort === 'chronological') && connections !== 16)
          continue
        const asks = viewers.map((viewer) => homeOf(viewer, sort))
        await stage.measure(
          W,
          `warm, ${sort}, ${connections} connections`,
          only('home', asks, pageIn(sort)),
          {
            connections,
          },
        )
      }
  })
  await kinds(stage)
  await cold(stage)
}

/** Every member once, so that nothing of theirs is new to the server. */
async function visitAll(stage: Stage, viewers: readonly Viewer[]): Promise<void> {
  for (const sort of sorts) for (const viewer of viewers) await stage.get(viewer, homeOf(viewer, sort).path)
}

async function measureReferences(stage: Stage, viewers: readonly Viewer[]): Promise<void> {
  const connections = 16
  for (const kind of ['constant', 'serialise', 'query'] as const) {
    await using server = await stage.reference(kind)
    const asks = viewers.map(
      ({ user_id }): Ask => ({ method: 'GET', path: kind === 'query' ? `/?user=${user_id}` : '/' }),
    )
    const expect: Expectation = { kind: 'bytes' }
    await stage.measure(W, `reference: ${kind}`, only(kind, asks, expect), { connections, server })
  }
}

/** Members who are not like most: who follow very many, or only people who hardly ever post. */
async function kinds(stage: Stage): Promise<void> {
  for (const kind of ['sparse', 'dense'] as const) {
    const viewers = stage.viewers.some(kind, VIEWERS)
    if (viewers.length === 0) continue
    await visitAll(stage, viewers)
    await stage.runs(async () => {
      const asks = viewers.map((viewer) => homeOf(viewer, 'ranked'))
      const expect: Expectation = { kind: 'posts', order: 'any', limit: 20 }
      await stage.measure(W, `warm, ${kind} members, 16 connections`, only('home', asks, expect), {
        connections: 16,
      })
    })
  }
}

/**
 * Cold, in two ways, both in a fresh process that has compiled its code on other members before. "First visits": each request is the
 * first of a member, so all that is theirs is read from the database; of the posts only what earlier requests have shown is
 * known. "No cache": room for 100 entries, which is less than one request needs, so every request reads all.
 */
async function cold(stage: Stage): Promise<void> {
  const all = stage.viewers.some('ordinary', 20_000)
  const half = Math.min(stage.options.quick ? 50 : 2000, all.length >> 1)
  const [before, visits] = [all.slice(0, half), all.slice(half)]
  for (const [name, env] of [
    ['first visits', {}],
    ['no cache', { CACHE_ENTRIES: '100' }],
  ] as const) {
    await stage.runs(async () => {
      await stage.restart(env)
      for (const viewer of before) await stage.get(viewer, homeOf(viewer, 'ranked').path)
      const isOnce = name === 'first visits'
      const asks = (isOnce ? visits : all).map((viewer) => homeOf(viewer, 'ranked'))
      await stage.measure(
        W,
        `cold, ${name}, 16 connections`,
        only('home', asks, pageIn('ranked'), isOnce ? 'once' : 'random'),
        { connections: 16, warmupSeconds: 0 },
      )
    })
  }
  await stage.restart()
}
