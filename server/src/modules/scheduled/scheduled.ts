import {
  type Body,
  type ErrorCode,
  type MediaId,
  type PostId,
  type Routes,
  type ScheduledChanges,
  type ScheduledId,
  type ScheduledPost,
  scheduledSubject,
  scheduleLimits,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { sql } from 'kysely'
import type { NewEvent } from '../../engines/outbox/port.ts'
import { newId } from '../../kit/ids.ts'
import type { ScheduledDeps } from './deps.ts'
import type { ScheduledBody, ScheduledRow } from './store.ts'
import * as store from './store.ts'

/** Posts that are published side by side. */
const AT_ONCE = 5

/**
 * Posts that wait for their time. Their files are made at once, attached to what waits, so that nothing of a post exists before it is one:
 * `processing` -> `waiting` -> gone, in the transaction that makes and publishes the post; or `failed`, until its author changes it.
 */
export class Scheduled<Upload, Edit> {
  readonly #deps: ScheduledDeps<Upload, Edit>

  constructor(deps: ScheduledDeps<Upload, Edit>) {
    this.#deps = deps
  }

  async create(
    author_id: UserId,
    body: Body<Routes['scheduled']['create']>,
    reservedId?: string,
  ): Promise<ScheduledPost> {
    const { clock } = this.#deps
    const scheduled_id = (reservedId as ScheduledId | undefined) ?? newId<ScheduledId>(clock)
    try {
      await this.#schedule({ author_id, scheduled_id }, body)
    } catch (error) {
      // An attempt before this one made it, and its answer was lost.
      if (!reservedId || !(await store.readOwn(this.#deps.db.query, author_id, scheduled_id))) throw error
    }
    return this.get(author_id, scheduled_id)
  }

  async #schedule(
    { author_id, scheduled_id }: { author_id: UserId; scheduled_id: ScheduledId },
    { publish_at: at, ...body }: Body<Routes['scheduled']['create']>,
  ): Promise<void> {
    const { db, outbox, posts, media, clock } = this.#deps
    const publish_at = this.#timeOf(at)
    const media_ids = body.upload_ids.map(() => newId<MediaId>(clock))
    await posts.draft({ author_id, post_id: newId<PostId>(clock), media_ids }, body)
    const files = await posts.draftFiles(author_id, body)
    const { upload_ids: _, edits: __, video_edits: ___, filter: ____, ...said } = body
    const row = { author_id, scheduled_id, publish_at, media_ids, body: said }
    const attached = media.attaching([
      { ...files, owner_id: author_id, subject: scheduledSubject(scheduled_id), purpose: 'post', media_ids },
    ])
    const change = sql`${attached.change}, ${store.scheduling(row)}`
    await db.tx(async (tx) => {
      if ((await store.lockScheduled(tx, author_id)) >= scheduleLimits.perMember)
        throw new TintypeError('too_many_scheduled')
      const made = await outbox.act(tx, { change, answer: sql`select from done` }, attached.events)
      if (made.length === 0) throw new TintypeError('upload_already_used')
    })
  }

  async list(authorId: UserId): Promise<ScheduledPost[]> {
    return this.#show(authorId, await store.scheduledBy(this.#deps.db.query, authorId))
  }

  async get(authorId: UserId, id: ScheduledId): Promise<ScheduledPost> {
    const [shown] = await this.#show(authorId, [await this.#own(authorId, id)])
    if (!shown) throw new TintypeError('not_found')
    return shown
  }

  async edit(authorId: UserId, id: ScheduledId, changes: ScheduledChanges): Promise<ScheduledPost> {
    const { publish_at, ...said } = changes
    const at = publish_at === undefined ? undefined : this.#timeOf(publish_at)
    for (let isDone = false; !isDone; ) {
      const row = await this.#own(authorId, id)
      const body = { ...row.body, ...said }
      await this.#draft(row, body)
      // One that failed when its time came is published with the next look once it is mended.
      isDone = await this.#change(row, { publish_at: at ?? row.publish_at, body })
    }
    return this.get(authorId, id)
  }

  /** Answers its id as a post; null where it waits for its files. */
  async publishNow(authorId: UserId, id: ScheduledId): Promise<PostId | null> {
    const publish_at = new Date(this.#deps.clock.now())
    for (;;) {
      const row = await this.#own(authorId, id)
      if (row.media_state === 'failed') throw new TintypeError(codeOf(row.failure_code))
      if (row.media_state === 'ready') {
        const postId = await this.#publish(row)
        if (postId) return postId
      } else if (await this.#change(row, { publish_at, body: row.body })) return null
    }
  }

  async delete(authorId: UserId, id: ScheduledId): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const gone = await store.deleteScheduled(tx, authorId, id)
      if (!gone) throw new TintypeError('not_found')
      const payload = { scheduled_id: id, author_id: authorId, media_ids: gone.media_ids }
      await outbox.append(tx, [{ type: 'scheduled.deleted', payload }])
    })
  }

  async erase(member: UserId, signal: AbortSignal): Promise<void> {
    for (const { scheduled_id } of await store.scheduledBy(this.#deps.db.query, member)) {
      signal.throwIfAborted()
      await this.delete(member, scheduled_id).catch(ignoreGone)
    }
  }

  /** All its files can be shown: one whose time has come meanwhile is published with the next look. */
  async filesReady(id: ScheduledId): Promise<void> {
    await store.setMediaState(this.#deps.db.query, id, 'ready', null)
  }

  async filesFailed(id: ScheduledId, code: string): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const author_id = await store.setMediaState(tx, id, 'failed', code)
      if (!author_id) return
      await outbox.append(tx, [{ type: 'scheduled.failed', payload: { scheduled_id: id, author_id, code } }])
    })
  }

  /** Publishes what is due, the longest overdue first; rejects with what kept some of it, once all of it was tried. */
  async publishDue(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    const now = new Date(clock.now())
    const errors: unknown[] = []
    for (let after: ScheduledRow | undefined; !signal.aborted; ) {
      const due = await store.dueBefore(db.query, now, after, AT_ONCE)
      const outcomes = await Promise.allSettled(due.map((row) => this.#publishOrFail(row)))
      for (const one of outcomes) if (one.status === 'rejected') errors.push(one.reason)
      after = due.at(-1)
      if (due.length < AT_ONCE) break
    }
    if (errors.length > 0) throw new AggregateError(errors, 'some scheduled posts wait on')
  }

  /** What the post itself is refused for is its author's to mend; all else is tried again with the next look. */
  async #publishOrFail(row: ScheduledRow): Promise<void> {
    try {
      await this.#publish(row)
    } catch (error) {
      if (!(error instanceof TintypeError) || error.status >= 500) throw error
      await this.#fail(row, error.code)
    }
  }

  /** Undefined where it is another by now: published by somebody else, edited or deleted. */
  async #publish(row: ScheduledRow): Promise<PostId | undefined> {
    const { db, outbox, posts, members } = this.#deps
    if (!(await members.byIds([row.author_id])).has(row.author_id)) throw new TintypeError('schedule_missed')
    const draft = await this.#draft(row, row.body)
    return db.tx(async (tx) => {
      if (!(await store.takeScheduled(tx, row))) return undefined
      await posts.publishIn(tx, draft)
      await outbox.append(tx, mendedOf(row))
      return draft.post_id
    })
  }

  async #fail(row: ScheduledRow, code: ErrorCode): Promise<void> {
    const { db, outbox } = this.#deps
    const { scheduled_id, author_id } = row
    await db.tx(async (tx) => {
      if (!(await store.failScheduled(tx, row, code))) return
      await outbox.append(tx, [{ type: 'scheduled.failed', payload: { scheduled_id, author_id, code } }])
    })
  }

  /** False where it is another by now, or gone. */
  #change(row: ScheduledRow, to: Pick<ScheduledRow, 'publish_at' | 'body'>): Promise<boolean> {
    const { db, outbox } = this.#deps
    return db.tx(async (tx) => {
      if (!(await store.changeScheduled(tx, row, to))) return false
      await outbox.append(tx, mendedOf(row))
      return true
    })
  }

  #draft({ author_id, media_ids }: ScheduledRow, body: ScheduledBody) {
    return this.#deps.posts.draft({ author_id, post_id: newId<PostId>(this.#deps.clock), media_ids }, body)
  }

  #timeOf(text: string): Date {
    const at = new Date(text)
    const now = this.#deps.clock.now()
    const isIn = at.getTime() > now && at.getTime() <= now + scheduleLimits.ahead * 1000
    if (!isIn) throw new TintypeError('schedule_out_of_range')
    return at
  }

  async #own(authorId: UserId, id: ScheduledId): Promise<ScheduledRow> {
    const row = await store.readOwn(this.#deps.db.query, authorId, id)
    if (!row) throw new TintypeError('not_found')
    return row
  }

  async #show(authorId: UserId, rows: readonly ScheduledRow[]): Promise<ScheduledPost[]> {
    const pictures = await this.#deps.media.views(
      rows.flatMap((row) => row.media_ids),
      authorId,
    )
    return rows.map(({ scheduled_id, publish_at, body, media_ids, media_state, failure_code }) => ({
      scheduled_id,
      publish_at: publish_at.toISOString(),
      status: failure_code === null ? (media_state === 'ready' ? 'waiting' : 'processing') : 'failed',
      failure: failure_code === null ? null : failureOf(failure_code),
      media: media_ids.flatMap((id, index) => {
        const picture = pictures.get(id)
        return picture ? [{ ...picture, alt_text: body.alt_texts?.[index] ?? '' }] : []
      }),
      media_count: media_ids.length,
      caption: body.caption ?? '',
      location: body.location ?? null,
      alt_texts: media_ids.map((_, index) => body.alt_texts?.[index] ?? ''),
      ...(body.comments_from && { comments_from: body.comments_from }),
      ...(body.likes_hidden !== undefined && { likes_hidden: body.likes_hidden }),
      ...(body.downloads_allowed !== undefined && { downloads_allowed: body.downloads_allowed }),
      is_reel: body.reel !== undefined,
      ...(body.circles && { circles: body.circles }),
    }))
  }
}

/** What failed with its files stays so. */
const mendedOf = ({ scheduled_id, author_id, failure_code, media_state }: ScheduledRow): NewEvent[] =>
  failure_code === null || media_state === 'failed'
    ? []
    : [{ type: 'scheduled.mended', payload: { scheduled_id, author_id } }]

const codeOf = (code: string | null) => (code ?? 'internal') as ErrorCode

const failureOf = (code: string) => ({ code, message: new TintypeError(codeOf(code)).message })

const ignoreGone = (error: unknown) => {
  if (!(error instanceof TintypeError && error.code === 'not_found')) throw error
}
