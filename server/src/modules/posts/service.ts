import {
  type Body,
  type MediaId,
  mentionsOf,
  type PostId,
  postSubject,
  type Routes,
  type SubjectRef,
  TintypeError,
  tidyText,
  type UserId,
} from '@tintype/contract'
import type { RawBuilder } from 'kysely'
import { groupCommit, type Sql, type Tx } from '../../engines/db/port.ts'
import type { NewEvent, Outbox } from '../../engines/outbox/port.ts'
import { newId } from '../../kit/ids.ts'
import { inChunks } from '../../kit/in-chunks.ts'
import { invitedTo } from './collaborations.ts'
import { postCounts, recount } from './count-store.ts'
import { type CheckedFile, Drafting, type DraftingDeps, type Edits, type NewPostBody } from './drafting.ts'
import { listingOf, tagsOf } from './listing.ts'
import { inPictures } from './people-store.ts'
import { commentersOf, reelAfter } from './post-choices.ts'
import { PostsReader, type ReaderDeps } from './reader.ts'
import * as store from './store.ts'

export type { CheckedFile } from './drafting.ts'
export type { PostRecord, PostRef } from './store.ts'

export interface PostsDeps<Checked extends CheckedFile>
  extends ReaderDeps,
    Omit<DraftingDeps<Checked>, 'posts' | 'media'> {
  outbox: Outbox
  /** Called when first needed: that module is built on this one. */
  comments(): { hashtagsBy(postId: PostId, writerId: UserId): Promise<string[]> }
  media: DraftingDeps<Checked>['media'] & {
    /** See MediaService. */
    attaching(posts: readonly Omit<Draft<Checked>, 'row'>[]): {
      change: RawBuilder<unknown>
      events: readonly NewEvent[]
    }
    /** See MediaService. */
    moving(
      ids: readonly MediaId[],
      subject: SubjectRef,
      closed: boolean,
    ): { change: RawBuilder<unknown>; events: NewEvent[] }
  }
}

/** A post that is about to be made, and the pictures that go with it. */
interface Draft<Checked extends CheckedFile> {
  row: store.NewPostRow
  owner_id: UserId
  subject: SubjectRef
  purpose: 'post'
  /** Its links expire, whatever the account. */
  closed: boolean
  uploads: Checked[]
  media_ids: readonly MediaId[]
  edits: Edits[]
}

/** `isNew` unless it was made by an attempt before: then it may be anything by now. */
export interface Confirmed {
  post: store.PostRecord
  isNew: boolean
}

export class PostsService<Checked extends CheckedFile = CheckedFile> extends PostsReader {
  readonly #deps: PostsDeps<Checked>
  readonly #drafting: Drafting<Checked>
  readonly #insert: (draft: Draft<Checked>) => Promise<store.Choices | undefined>

  constructor(deps: PostsDeps<Checked>) {
    super(deps)
    this.#deps = deps
    this.#drafting = new Drafting({ ...deps, posts: this })
    this.#insert = groupCommit(50, (drafts) => this.#insertAll(drafts))
  }

  /**
   * Makes a `processing` post of finished uploads, each used once. Rejects with the upload's or the caption's error. Given the
   * same `reservedId` again (a caller who never got the answer), it answers the post that stands there.
   */
  async confirmPost(
    authorId: UserId,
    body: NewPostBody,
    reservedId?: string,
    imported = false,
  ): Promise<Confirmed> {
    const post_id = (reservedId as PostId | undefined) ?? newId<PostId>(this.#deps.clock)
    try {
      return { post: await this.#makePost(authorId, post_id, body, imported), isNew: true }
    } catch (error) {
      // What an attempt before this one wrote keeps it from being written again; so only then is there anything to look for.
      const post = reservedId ? (await this.records([post_id])).get(post_id) : undefined
      if (post?.author_id !== authorId) throw error
      return { post, isNew: false }
    }
  }

  async #makePost(
    author_id: UserId,
    post_id: PostId,
    body: NewPostBody,
    imported: boolean,
  ): Promise<store.PostRecord> {
    const { clock } = this.#deps
    const media_ids = body.upload_ids.map(() => newId<MediaId>(clock))
    const row = await this.#drafting.row({ author_id, post_id, media_ids, imported }, body)
    const { uploads, edits } = await this.#drafting.files(author_id, body)
    const attached = {
      owner_id: author_id,
      subject: postSubject(post_id),
      purpose: 'post',
      closed: !store.isForAll(row),
      media_ids,
    } as const
    const chosen = await this.#insert({ row, ...attached, uploads, edits })
    if (!chosen) throw new TintypeError('upload_already_used')
    return store.recordOf({ ...row, ...chosen })
  }

  /** Undefined where an upload was used before. */
  async #insertAll(drafts: readonly Draft<Checked>[]): Promise<(store.Choices | undefined)[]> {
    const rows = drafts.map((draft) => draft.row)
    const { db, media, outbox } = this.#deps
    const attached = media.attaching(drafts)
    const found = await outbox.act(db.query, store.insertingPosts(rows, attached.change), attached.events)
    const places = new Map(found.map(({ place, ...chosen }) => [place, chosen]))
    const made = drafts.map((_, index) => places.get(index + 1))
    if (drafts.length === 1) return made
    // Another draft of these may have wanted the same upload and not have been made either.
    return Promise.all(drafts.map(async (draft, n) => made[n] ?? (await this.#insertAll([draft]))[0]))
  }

  async editPost(authorId: UserId, id: PostId, body: Body<Routes['posts']['edit']>): Promise<void> {
    await this.assertOwn(authorId, id)
    const { db, outbox, clock, texts, words } = this.#deps
    if (body.caption !== undefined) await words.assertFree(body.caption)
    const before = body.caption === undefined ? undefined : (await this.records([id])).get(id)
    const newFacets =
      body.caption === undefined
        ? undefined
        : await texts.resolve(
            authorId,
            body.caption,
            before && { text: before.caption, facets: before.facets },
          )
    await db.tx(async (tx) => {
      const post = await this.#lockOwn(tx, authorId, id)
      // It would be given back as something else than what was looked at.
      if (post.status === 'removed') throw new TintypeError('post_not_published')
      const facets = newFacets ?? post.facets
      await store.updatePost(tx, id, {
        caption: body.caption ?? post.caption,
        facets,
        location: body.location === undefined ? post.location : body.location,
        reel: reelAfter(post.reel, body.share_sound),
        comments_from: commentersOf(body, post.comments_from) ?? post.comments_from,
        likes_hidden: body.likes_hidden ?? post.likes_hidden,
        downloads_allowed: body.downloads_allowed ?? post.downloads_allowed,
        sensitive_by_author: body.sensitive ?? post.sensitive_by_author,
        media: post.media.map((item, index) => ({
          ...item,
          alt_text: body.alt_texts?.[index] ?? item.alt_text,
        })),
        edited_at: new Date(clock.now()),
      })
      if (post.status === 'published')
        await store.replaceTags(tx, post, tagsOf(post), tagsOf({ ...post, facets }))
      const [known, meant] = [mentionsOf(post.facets), mentionsOf(facets)]
      const mentioned_ids = meant.filter((userId) => !known.includes(userId))
      const unmentioned_ids = known.filter((userId) => !meant.includes(userId))
      await outbox.append(tx, [
        {
          type: 'post.edited',
          payload: { post_id: id, author_id: authorId, mentioned_ids, unmentioned_ids },
        },
      ])
    })
  }

  /** The author's own comments have changed: their hashtags count for the post. */
  async retag(id: PostId): Promise<void> {
    const { db, outbox, comments } = this.#deps
    const known = await store.readPost(db.query, id)
    if (!known) return
    const comment_tags = await comments().hashtagsBy(id, known.author_id)
    await db.tx(async (tx) => {
      const post = await store.lockPost(tx, id)
      if (!post || isSame(post.comment_tags, comment_tags)) return
      await store.setCommentTags(tx, id, comment_tags)
      if (post.status !== 'published') return
      await store.replaceTags(tx, post, tagsOf(post), tagsOf({ ...post, comment_tags }))
      const payload = { post_id: id, author_id: post.author_id }
      await outbox.append(tx, [{ type: 'post.retagged', payload }])
    })
  }

  /** Brings some posts in line whose captions were cut by an earlier version; true while there may be more. */
  async renewSomeTexts(): Promise<boolean> {
    const due = await store.textsDue(this.#deps.db.query, 100)
    for (const id of due) await this.#renewText(id)
    return due.length > 0
  }

  async #renewText(id: PostId): Promise<void> {
    const { db, outbox, texts, comments } = this.#deps
    const known = await store.readPost(db.query, id)
    if (!known) return
    const { author_id } = known
    const caption = tidyText(known.caption, 'lines')
    // What has too many links by today's cut keeps those that it has.
    const facets = await texts
      .resolve(author_id, caption, { text: known.caption, facets: known.facets })
      .catch(() => undefined)
    const comment_tags = await comments().hashtagsBy(id, author_id)
    await db.tx(async (tx) => {
      const post = await store.lockPost(tx, id)
      // Edited in between: then the next look takes it.
      if (!post || post.caption !== known.caption) return
      const next = { ...post, comment_tags, ...(facets && { caption, facets }) }
      await store.updatePost(tx, id, next)
      await store.setCommentTags(tx, id, comment_tags)
      if (post.status === 'published') await store.replaceTags(tx, post, tagsOf(post), tagsOf(next))
      await store.markTextRenewed(tx, id)
      const meant = mentionsOf(next.facets)
      const unmentioned_ids = mentionsOf(post.facets).filter((userId) => !meant.includes(userId))
      const payload = { post_id: id, author_id, mentioned_ids: [], unmentioned_ids }
      await outbox.append(tx, [{ type: 'post.edited', payload }])
    })
  }

  async deletePost(authorId: UserId, id: PostId): Promise<void> {
    await this.assertOwn(authorId, id)
    await this.#deps.db.tx(async (tx) => this.#erase(tx, await this.#lockOwn(tx, authorId, id)))
  }

  /** All posts of a member who has left. */
  async erase(member: UserId, signal: AbortSignal): Promise<void> {
    while (await this.#deleteSomePosts(member)) signal.throwIfAborted()
    await this.#deps.db.tx((tx) => postCounts.drop(tx, member))
  }

  async #deleteSomePosts(authorId: UserId): Promise<boolean> {
    const some = await this.authorPosts(authorId, { before: undefined, limit: 50, as: 'every' })
    for (const { post_id } of some) {
      await this.#deps.db.tx((tx) => this.eraseIn(tx, post_id))
    }
    return some.length > 0
  }

  /** Counts what was published or deleted of these authors. */
  async countPosts(authorIds: readonly UserId[]): Promise<void> {
    await postCounts.apply(this.#deps.db.query, authorIds)
  }

  /** Counts what a consumer that gave up left behind. */
  async sweepCounts(signal: AbortSignal): Promise<void> {
    await postCounts.sweep(this.#deps.db.query, (ids) => this.countPosts(ids), signal)
  }

  /** Counts the posts of all authors anew; answers how many authors there are. */
  recountAll(signal: AbortSignal): Promise<number> {
    const { db } = this.#deps
    return inChunks<UserId>(
      (after) => store.authorsAfter(db.query, after, 200),
      (ids) => recount(db, ids),
      signal,
    )
  }

  /** What a post would be; rejects with what keeps it from being one. */
  draft(
    asked: { author_id: UserId; post_id: PostId; media_ids: readonly MediaId[] },
    body: Omit<NewPostBody, 'upload_ids'>,
  ): Promise<store.NewPostRow> {
    return this.#drafting.row(asked, body)
  }

  /** Checks files of a post to come. */
  draftFiles(authorId: UserId, body: NewPostBody): Promise<{ uploads: Checked[]; edits: Edits[] }> {
    return this.#drafting.files(authorId, body)
  }

  /** A post of pictures that were ready before it: made and published in the caller's transaction. */
  async publishIn(tx: Tx, row: store.NewPostRow): Promise<void> {
    const { media } = this.#deps
    const { post_id } = row
    const media_ids = row.media.map((item) => item.media_id)
    const moving = media.moving(media_ids, postSubject(post_id), !store.isForAll(row))
    await this.#deps.outbox.act(tx, store.insertingPosts([row], moving.change), moving.events)
    const post = await store.lockPost(tx, post_id)
    if (!post || !(await this.#publish(post, tx))) throw new Error('a post was not made whole')
  }

  /** The pictures are ready: the post becomes visible, and the fact is published. A second call changes nothing. */
  async publishPost(id: PostId): Promise<void> {
    const { db } = this.#deps
    // Again only where its author edited it in between.
    for (let isDone = false; !isDone; ) {
      const post = await store.readPost(db.query, id)
      isDone = post?.status !== 'processing' || (await this.#publish(post))
    }
  }

  async #publish(post: store.StoredPost, handle: Sql | Tx = this.#deps.db.query): Promise<boolean> {
    const { outbox } = this.#deps
    const { post_id, author_id, facets } = post
    const payload = {
      post_id,
      author_id,
      mentioned_ids: mentionsOf(facets),
      tagged_ids: inPictures(post.people),
      ...(post.collaborators.length > 0 && { invited_ids: invitedTo(post.collaborators) }),
      ...(post.imported && { imported: true }),
      ...(!store.isForAll(post) && { for_circles: true }),
    }
    const change = store.publishing(post, listingOf(post, this.#deps.clock))
    const published = await outbox.act(handle, change, [{ type: 'post.published', payload }])
    return published.length > 0
  }

  /** A picture turned out to be unusable: the author sees why, nobody else sees the post. */
  async failPost(id: PostId, code: string): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const post = await store.lockPost(tx, id)
      if (!post || !(await store.failPost(tx, id, code))) return
      const payload = { post_id: id, author_id: post.author_id, code }
      await outbox.append(tx, [{ type: 'post.failed', payload }])
    })
  }

  async #lockOwn(tx: Tx, authorId: UserId, id: PostId): Promise<store.StoredPost> {
    const post = await store.lockPost(tx, id)
    if (post?.author_id !== authorId) throw new TintypeError('not_found')
    return post
  }

  /** Whoever's it is, in the caller's transaction. */
  async eraseIn(tx: Tx, id: PostId): Promise<void> {
    const post = await store.lockPost(tx, id)
    if (post) await this.#erase(tx, post)
  }

  async #erase(tx: Tx, post: store.StoredPost): Promise<void> {
    const { post_id, author_id } = post
    await store.deletePost(tx, post, listingOf(post, this.#deps.clock))
    const media_ids = post.media.map((item) => item.media_id)
    await this.#deps.outbox.append(tx, [{ type: 'post.deleted', payload: { post_id, author_id, media_ids } }])
  }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((tag, at) => tag === other[at])
