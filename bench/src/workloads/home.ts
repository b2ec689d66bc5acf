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
/** Of the reference that asks the database. */
const rowsOf = ({ user_id }: Viewer): Ask => ({ method: 'GET', path: `/?user=${user_id}` })
const pageIn = (sort: Sort): Expectation => ({
  kind: 'posts',
  order: sort === 'ranked' ? 'any' : 'newest',
  limit: 20,
})

/** First pages of so many members. */
export const homeAsks = (viewers: readonly Viewer[], sort: Sort = 'ranked'): Ask[] =>
  viewers.map((viewer) => homeOf(viewer, sort))

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
        const asks = homeAsks(viewers, sort)
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
  for (const sort of sorts) for (const ask of homeAsks(viewers, sort)) await stage.ask(ask)
}

async function measureReferences(stage: Stage, viewers: readonly Viewer[]): Promise<void> {
  const connections = 16
  for (const kind of ['constant', 'serialise', 'query'] as const) {
    await using server = await stage.reference(kind)
    const asks = viewers.map(
      (viewer): Ask => (kind === 'query' ? rowsOf(viewer) : { method: 'GET', path: '/' }),
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
      const asks = homeAsks(viewers)
      const expect: Expectation = { kind: 'posts', order: 'any', limit: 20 }
      await stage.measure(W, `warm, ${kind} members, 16 connections`, only('home', asks, expect), {
        connections: 16,
      })
    })
  }
}

/** From so many members on, two halves are enough each. */
const MANY = 4000

interface Cold {
  /** Who asks before anything is measured, so that the process has compiled its code. */
  before: Viewer[]
  visits: Viewer[]
}

/**
 * Cold: the first visit of each member after the caches were emptied, by a process that has compiled its code on other members. All
 * that is theirs comes from the database, and so do posts until somebody has been shown them. The reference is asked by as many
 * members, once each too: where the data set is larger than memory by others, so that neither finds pages the other has fetched.
 */
async function cold(stage: Stage): Promise<void> {
  const all = stage.viewers.some('ordinary', 20_000)
  const [before, visits] = halves(all, Math.min(stage.options.quick ? 50 : 2000, all.length >> 1))
  const [ours, others] = visits.length < MANY ? [visits, visits] : halves(visits, visits.length >> 1)
  const cases = sorts.flatMap((sort) => [16, 1, 64].map((connections) => ({ sort, connections })))
  await stage.runs(async () => {
    await stage.restart()
    await coldReference(stage, { before, visits: others })
    for (const [n, { sort, connections }] of cases.slice(0, stage.options.quick ? 1 : undefined).entries()) {
      if (n > 0) await stage.restart()
      await firstVisits(stage, { before, visits: ours }, sort, connections)
    }
  })
  await stage.restart()
}

async function coldReference(stage: Stage, { before, visits }: Cold): Promise<void> {
  await using server = await stage.reference('query')
  await stage.exercise(only('query', before.map(rowsOf), { kind: 'bytes' }), server)
  const traffic = only('query', visits.map(rowsOf), { kind: 'bytes' }, 'once')
  await stage.measure(W, 'cold, reference: query', traffic, { connections: 16, warmupSeconds: 0, server })
}

/** As long as `Stage.exercise` asks a reference: code that was compiled for one and not for the other would be no difference between the two. */
const EXERCISE_MS = 5000

async function firstVisits(stage: Stage, { before, visits }: Cold, sort: Sort, connections: number) {
  const ready = performance.now() + (stage.options.quick ? 0 : EXERCISE_MS)
  do {
    await stage.exercise(only('home', homeAsks(before, sort), pageIn(sort), 'once'))
    await stage.dropCaches()
  } while (performance.now() < ready)
  const name = `cold, ${sort}, first visits, ${connections} connections`
  const traffic = only('home', homeAsks(visits, sort), pageIn(sort), 'once')
  await stage.measure(W, name, traffic, { connections, warmupSeconds: 0 })
}

const halves = <T>(all: readonly T[], at: number): [T[], T[]] => [all.slice(0, at), all.slice(at)]
