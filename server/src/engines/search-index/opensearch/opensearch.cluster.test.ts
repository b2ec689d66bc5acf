import { randomUUID } from 'node:crypto'
import { startOpenSearch, type TestOpenSearch } from '@tintype/testkit/opensearch'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { systemClock } from '../../../kit/clock.ts'
import { expectedSuite } from '../../../modules/search/cut.suite.ts'
import { cutSearch } from '../../../modules/search/cut.ts'
import type { SearchDocument, SearchIndex } from '../port.ts'
import { searchIndexSuite } from '../suite/search-index.suite.ts'
import { openOpenSearchIndex } from './search-index.ts'

let node: TestOpenSearch
beforeAll(async () => {
  node = await startOpenSearch()
})
afterAll(() => node[Symbol.asyncDispose]())

/** Opens handles on a place of their own. */
function place(nodes = [node.url]) {
  const settings = { nodes, prefix: `t${randomUUID()}`, shards: 2 }
  return { prefix: settings.prefix, open: () => openOpenSearchIndex({ settings, clock: systemClock }) }
}
async function make(index: SearchIndex, documents: readonly SearchDocument[] = []): Promise<void> {
  await using generation = await index.rebuild()
  await generation.index(documents)
  await generation.commit()
}
const doc = (id: string, word: string, version = 1): SearchDocument => ({
  ...{ kind: 'member', id, version, whole: [], title: [[word]], text: [] },
  ...{ rank: 1, owner: id, is_open: true },
})
const find = async (index: SearchIndex, word: string): Promise<string[]> =>
  (await index.query({ kind: 'member', ...cutSearch(word), limit: 1000 })).map(({ id }) => id)
const indicesOf = async (prefix: string): Promise<string[]> =>
  Object.keys((await (await fetch(`${node.url}/${prefix}*`)).json()) as object)
const unavailable = { code: 'unavailable' }
async function took(work: Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work
  return performance.now() - began
}

searchIndexSuite('OpenSearch', async () => {
  const { open } = place()
  await using index = open()
  await make(index)
  return { open: async () => open(), [Symbol.asyncDispose]: async () => {} }
})

expectedSuite('OpenSearch', async () => {
  const index = place().open()
  await make(index)
  return index
})

it('takes any length of name and id, and answers nothing that it did not take whole', async () => {
  await using index = place().open()
  const id = '@'.concat('ф'.repeat(600))
  await make(index, [doc(id, 'long'), doc('b', 'x'.repeat(3000))])
  await index.index([doc(id, 'longer', 2)])
  expect([await find(index, 'longer'), await find(index, 'long')]).toEqual([[id], [id]])
  expect(await find(index, 'x'.repeat(3000))).toEqual(['b'])
})

it('of generations that are begun at once one is filled, and what is written meanwhile is in it', async () => {
  const { open } = place()
  await using one = open()
  await using two = open()
  const begun = await Promise.all([one.rebuild(), two.rebuild(), one.rebuild()])
  await one.index([doc('a', 'meanwhile')])
  const done = await Promise.allSettled(begun.map((generation) => generation.commit()))
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await find(two, 'meanwhile')).toEqual(['a'])
})

/** As events are: again, where a generation a moment has worn it out. */
const told = (write: () => Promise<void>) => vi.waitFor(write, { timeout: 30_000 })

it('what is written while generations come and go is in the one that answers', async () => {
  const { open, prefix } = place()
  await using one = open()
  await using two = open()
  await make(one)
  const truth = new Map<string, SearchDocument>()
  let version = 0
  let isOver = false
  const making = (async () => {
    for (let n = 0; n < 8; n++) {
      await using generation = await two.rebuild()
      await generation.index([...truth.values()])
      await generation.commit()
    }
    isOver = true
  })()
  const writing = async (index: SearchIndex, writer: string) => {
    for (let n = 0; !isOver; n++) {
      const document = doc(`${writer}${n}`, 'zinnia', ++version)
      truth.set(document.id, document)
      await told(() => index.index([document]))
      expect(await find(index, 'zinnia')).toContain(document.id)
      if (n % 3 > 0) continue
      truth.delete(document.id)
      const gone = { ...document, version: ++version }
      await told(() => index.remove([gone]))
    }
  }
  await Promise.all([making, writing(one, 'a'), writing(two, 'b')])
  expect((await find(one, 'zinnia')).sort()).toEqual([...truth.keys()].sort())
  expect(await indicesOf(prefix)).toHaveLength(1)
})

it('is away within a limit while its node is down, and goes on by itself with what it had, removals included', async () => {
  await using index = place().open()
  await make(index, [doc('a', 'zinnia'), doc('b', 'zinnia')])
  await index.remove([{ kind: 'member', id: 'b', version: 5 }])
  await node.kill()
  const gone = await took(expect(find(index, 'zinnia')).rejects.toMatchObject(unavailable))
  expect(gone).toBeLessThan(3000)
  await expect(index.index([doc('c', 'zinnia')])).rejects.toMatchObject(unavailable)
  await expect(index.ping()).rejects.toMatchObject(unavailable)
  await node.start()
  await expect.poll(() => find(index, 'zinnia').catch(() => []), { timeout: 30_000 }).toEqual(['a'])
  await index.index([doc('b', 'zinnia', 4), doc('c', 'zinnia')])
  expect((await find(index, 'zinnia')).sort()).toEqual(['a', 'c'])
})

it('waits for a node that is frozen no longer than a limit, then not at all, and asks again when it thaws', async () => {
  await using index = place().open()
  await make(index, [doc('a', 'zinnia')])
  node.freeze()
  try {
    const ask = () => took(expect(find(index, 'zinnia')).rejects.toMatchObject(unavailable))
    for (const waited of await Promise.all(Array.from({ length: 8 }, ask))) expect(waited).toBeLessThan(4000)
    expect(await ask()).toBeLessThan(500)
    await expect(index.index([doc('b', 'zinnia')])).rejects.toMatchObject(unavailable)
  } finally {
    node.thaw()
  }
  await expect.poll(() => find(index, 'zinnia').catch(() => []), { timeout: 30_000 }).toContain('a')
})

it('says that it is away where its index was deleted, makes none by writing, and answers when it is made anew', async () => {
  const { open, prefix } = place()
  await using index = open()
  await make(index, [doc('a', 'zinnia')])
  expect(await index.generation()).toContain(prefix)
  await fetch(`${node.url}/${await index.generation()}`, { method: 'DELETE' })
  await expect(find(index, 'zinnia')).rejects.toMatchObject(unavailable)
  await index.index([doc('b', 'zinnia')])
  expect([await index.generation(), await indicesOf(prefix)]).toEqual([undefined, []])
  await make(index, [doc('b', 'zinnia')])
  expect(await find(index, 'zinnia')).toEqual(['b'])
})

it('keeps its place while the index takes no writes', async () => {
  await using index = place().open()
  await make(index, [doc('a', 'zinnia')])
  const block = (is: boolean | null) =>
    fetch(`${node.url}/${name}/_settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 'index.blocks.read_only_allow_delete': is }),
    })
  const name = await index.generation()
  await block(true)
  await expect(index.index([doc('b', 'zinnia')])).rejects.toMatchObject(unavailable)
  expect(await find(index, 'zinnia')).toEqual(['a'])
  await block(null)
  await index.index([doc('b', 'zinnia')])
  expect(await find(index, 'zinnia')).toEqual(['b', 'a'])
})

it('goes on with the other node where one does not answer', async () => {
  const { open } = place(['http://127.0.0.1:1', node.url])
  await using index = open()
  await make(index, [doc('a', 'zinnia')])
  for (let n = 0; n < 4; n++) expect(await find(index, 'zinnia')).toEqual(['a'])
})
