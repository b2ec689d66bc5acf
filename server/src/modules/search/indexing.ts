import type { PostId, UserId } from '@tintype/contract'
import type { SearchDocument } from '../../engines/search-index/port.ts'
import { inChunks } from '../../kit/in-chunks.ts'
import type { SearchDeps } from './deps.ts'
import {
  CUT_VERSION,
  isPlace,
  kinds,
  labelDocument,
  labelsOf,
  memberDocument,
  nameOfLabel,
  type PostSource,
  postDocument,
} from './documents.ts'
import * as store from './label-store.ts'

const CHUNK = 200
/** Seconds for which removals are remembered: longer than any write is on its way. */
const REMEMBERED = 3600

/** Where documents go: into the index, or into one that is being made. */
interface Into {
  index(documents: readonly SearchDocument[]): Promise<void>
  remove(documents: readonly { kind: string; id: string; version: number }[]): Promise<void>
}

/** Keeps the index as the truth is. Every part may be run again, in any order and beside others: the truth is read each time. */
export class Indexing {
  readonly #deps: SearchDeps

  constructor(deps: SearchDeps) {
    this.#deps = deps
  }

  async members(ids: readonly UserId[], into: Into = this.#deps.searchIndex): Promise<void> {
    const { db, members, graph } = this.#deps
    const version = await store.nextVersion(db.query)
    const [found, followers] = await Promise.all([members.byIds(ids), graph.followersOf(ids)])
    const documents = [...found.values()].map((member) =>
      memberDocument(member, { followers: followers.get(member.user_id) ?? 0, version }),
    )
    await into.index(documents)
    const gone = ids.filter((id) => !found.has(id))
    await into.remove(gone.map((id) => ({ kind: kinds.users, id, version })))
  }

  /** With the hashtags and places that they are counted under. */
  async posts(ids: readonly PostId[], into: Into = this.#deps.searchIndex): Promise<void> {
    const { db } = this.#deps
    const version = await store.nextVersion(db.query)
    const sources = await this.#sources(ids)
    await into.index([...sources.values()].map((source) => postDocument(source, version)))
    const gone = ids.filter((id) => !sources.has(id))
    await into.remove(gone.map((id) => ({ kind: kinds.posts, id, version })))
    const counted = ids.map((post_id) => {
      const source = sources.get(post_id)
      const labels = source ? labelsOf(source) : new Map()
      const author_id = source?.author.user_id ?? null
      return { post_id, version, author_id, is_open: source?.author.is_private === false, labels }
    })
    const labels = await db.tx((tx) => store.countPosts(tx, counted))
    await this.labels(labels, into)
  }

  /** Those that are there to be found. */
  async #sources(ids: readonly PostId[]): Promise<Map<PostId, PostSource>> {
    const { posts, members, graph } = this.#deps
    const [records, tags] = await Promise.all([posts.records(ids), posts.tagsOf(ids)])
    const authorIds = [...new Set([...records.values()].map((post) => post.author_id))]
    const [authors, followers] = await Promise.all([members.byIds(authorIds), graph.followersOf(authorIds)])
    const sources = new Map<PostId, PostSource>()
    for (const [id, post] of records) {
      const author = authors.get(post.author_id)
      if (!author || post.status !== 'published' || post.circles.length > 0) continue
      const count = followers.get(post.author_id) ?? 0
      sources.set(id, { post, author, followers: count, tags: tags.get(id) ?? [] })
    }
    return sources
  }

  async labels(labels: readonly store.Label[], into: Into = this.#deps.searchIndex): Promise<void> {
    if (labels.length === 0) return
    const { query } = this.#deps.db
    const version = await store.nextVersion(query)
    const rows = await store.readLabels(query, labels)
    await into.index([...rows.values()].map((row) => labelDocument(row, version)))
    const gone = labels.filter((label) => !rows.has(label))
    const kindOf = (label: store.Label) => (isPlace(label) ? kinds.places : kinds.hashtags)
    await into.remove(gone.map((label) => ({ kind: kindOf(label), id: nameOfLabel(label), version })))
  }

  /** What they posted is open to everybody now, or not any more. */
  async postsOf(authorId: UserId, signal: AbortSignal): Promise<void> {
    let before: PostId | undefined
    for (;;) {
      const page = { before, limit: CHUNK, as: 'every' as const }
      const refs = await this.#deps.posts.authorPosts(authorId, page)
      if (refs.length === 0) return
      signal.throwIfAborted()
      await this.posts(refs.map((ref) => ref.post_id))
      before = refs.at(-1)?.post_id
    }
  }

  /** Makes all of it anew, while the old one answers; answers how many documents there are. */
  async rebuild(signal: AbortSignal): Promise<number> {
    const { db, searchIndex, members, posts } = this.#deps
    await using generation = await searchIndex.rebuild()
    let documents = 0
    const into: Into = {
      async index(batch) {
        await generation.index(batch)
        documents += batch.length
      },
      // It is not there; and what is written beside this goes into both.
      async remove() {},
    }
    const inAll = <Id extends string>(
      list: (after: Id | undefined, limit: number) => Promise<readonly Id[]>,
      work: (ids: readonly Id[]) => Promise<void>,
    ) => inChunks((after) => list(after, CHUNK), work, signal)
    await inAll<UserId>(
      (after, limit) => members.idsAfter(after, limit),
      (ids) => this.members(ids, into),
    )
    await inAll<PostId>(
      (after, limit) => posts.idsAfter(after, limit),
      (ids) => this.posts(ids, noLabels(into)),
    )
    // Posts that were counted once and are gone.
    await inAll<PostId>(
      (after, limit) => store.countedAfter(db.query, after, limit),
      async (ids) => {
        const there = await posts.records(ids)
        await this.posts(ids.filter((id) => !there.has(id)))
      },
    )
    await inAll<store.Label>(
      (after, limit) => store.labelsAfter(db.query, after, limit),
      (labels) => this.labels(labels, into),
    )
    await generation.commit()
    const made = await searchIndex.generation()
    if (made !== undefined) await store.noteBuild(db.query, { version: CUT_VERSION, generation: made })
    return documents
  }

  /** Makes it anew where it never was made, by another cut, or is gone. */
  async rebuildIfDue(signal: AbortSignal): Promise<void> {
    const { db, searchIndex } = this.#deps
    const [last, generation] = await Promise.all([store.lastBuild(db.query), searchIndex.generation()])
    if (last?.version !== CUT_VERSION || last.generation !== generation) await this.rebuild(signal)
  }

  async sweep(): Promise<void> {
    await this.#deps.searchIndex.sweep(REMEMBERED)
    await store.sweepPosts(this.#deps.db.query, REMEMBERED)
  }
}

/** Hashtags and places are made once, when all posts are counted. */
const noLabels = (into: Into): Into => ({
  ...into,
  index: (documents) => into.index(documents.filter(({ kind }) => kind === kinds.posts)),
})
