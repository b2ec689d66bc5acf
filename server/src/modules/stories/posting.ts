import {
  type Body,
  type MediaId,
  type Routes,
  type StoryFrame,
  type StoryId,
  type SubjectRef,
  storySubject,
  TintypeError,
  type UploadId,
  type UserId,
  type VideoEdit,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { Circles } from '../graph/api.ts'
import { dropFromHighlights } from './highlight-store.ts'
import { isKept, postedAt } from './policy.ts'
import type { StoriesReader } from './reader.ts'
import { readSettings } from './settings-store.ts'
import { mentionedIn, resolveStickers, type StickerPeers } from './stickers.ts'
import type { StoryRecord } from './store.ts'
import * as store from './store.ts'

/** Of each upload, by its kind. */
interface Edits {
  video?: VideoEdit | undefined
}

/** `Checked` is what the media module knows of an upload that stood every check; handed back to it untouched. */
export interface PostingDeps<Checked> extends StickerPeers {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  circles: Pick<Circles, 'assertOwn'>
  reader: StoriesReader
  media: {
    checkUploads(
      ownerId: UserId,
      uploadIds: readonly UploadId[],
      purpose: 'story',
      edits: readonly Edits[],
    ): Promise<Checked[]>
    checkFramed(
      ownerId: UserId,
      film: { upload_id: UploadId; frame: StoryFrame; video?: VideoEdit | undefined },
      purpose: 'story',
    ): Promise<{ uploads: Checked[]; edits: readonly Edits[] }>
    attach(
      tx: Tx,
      what: {
        owner_id: UserId
        subject: SubjectRef
        purpose: 'story'
        uploads: Checked[]
        edits: readonly Edits[]
      },
    ): Promise<MediaId[]>
  }
}

/** Stories from a finished upload to their end. */
export class Posting<Checked = unknown> {
  readonly #deps: PostingDeps<Checked>

  constructor(deps: PostingDeps<Checked>) {
    this.#deps = deps
  }

  /**
   * Makes a `processing` story. Given the same `reservedId` again (a caller who never got the answer), it answers the story that stands
   * there.
   */
  async post(
    authorId: UserId,
    body: Body<Routes['stories']['create']>,
    reservedId?: string,
    imported = false,
  ): Promise<StoryRecord> {
    const story_id = (reservedId as StoryId | undefined) ?? newId<StoryId>(this.#deps.clock)
    try {
      return await this.#post(authorId, story_id, body, imported)
    } catch (error) {
      // What an attempt before this one wrote keeps it from being written again; so only then is there anything to look for.
      const story = reservedId ? (await this.#deps.reader.records([story_id])).get(story_id) : undefined
      if (story?.author_id !== authorId) throw error
      return story
    }
  }

  async #post(
    authorId: UserId,
    story_id: StoryId,
    body: Body<Routes['stories']['create']>,
    imported: boolean,
  ): Promise<StoryRecord> {
    const { db, media } = this.#deps
    const { circles = [] } = body
    await this.#deps.circles.assertOwn(authorId, circles)
    const stickers = await resolveStickers(this.#deps, authorId, body.stickers ?? [])
    const { uploads, edits } = await this.#checked(authorId, body)
    const subject = storySubject(story_id)
    return db.tx(async (tx) => {
      const { save_to_archive } = await readSettings(tx, authorId)
      const what = { owner_id: authorId, subject, purpose: 'story', uploads, edits } as const
      const [media_id] = await media.attach(tx, what)
      if (!media_id) throw new TintypeError('internal')
      const made: StoryRecord = {
        story_id,
        author_id: authorId,
        status: 'processing',
        failure_code: null,
        media_id,
        alt_text: body.alt_text ?? '',
        stickers,
        audience: body.audience,
        circles,
        replies: body.replies ?? 'everyone',
        // Its day is long over: it is there to be kept.
        saved: imported || save_to_archive,
        highlights: 0,
      }
      await store.insertStory(tx, made, new Date(postedAt(story_id)))
      return made
    })
  }

  async #checked(authorId: UserId, { upload_id, video, frame }: Body<Routes['stories']['create']>) {
    const { media } = this.#deps
    if (frame) return media.checkFramed(authorId, { upload_id, frame, video }, 'story')
    const edits = [{ video }]
    return { uploads: await media.checkUploads(authorId, [upload_id], 'story', edits), edits }
  }

  /** Its picture is ready: the story becomes visible, and the fact is published. A second call changes nothing. */
  publish(id: StoryId): Promise<void> {
    return this.#endProcessing(id, null)
  }

  /** Its picture turned out to be unusable: the author sees why, nobody else sees the story. */
  fail(id: StoryId, code: string): Promise<void> {
    return this.#endProcessing(id, code)
  }

  async #endProcessing(id: StoryId, code: string | null): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const ended = await store.endProcessing(tx, id, code)
      if (!ended) return
      const payload = { story_id: id, author_id: ended.author_id }
      const mentioned_ids = mentionedIn(ended.stickers)
      await outbox.append(tx, [
        code === null
          ? { type: 'story.published', payload: { ...payload, mentioned_ids } }
          : { type: 'story.failed', payload: { ...payload, code } },
      ])
    })
  }

  async delete(authorId: UserId, id: StoryId): Promise<void> {
    const { reader } = this.#deps
    const known = (await reader.records([id])).get(id)
    if (known?.author_id !== authorId) throw new TintypeError('not_found')
    if (!(await this.#delete(known, () => true))) throw new TintypeError('not_found')
  }

  /** Deletes some that nothing keeps and whose time is over; true while there may be more. */
  async deletePassed(now: number, from: StoryId): Promise<boolean> {
    const ids = await store.passedStories(this.#deps.db.query, from, SOME)
    const stories = await store.readStories(this.#deps.db.query, ids)
    // One may have come into a highlight since.
    for (const story of stories) await this.#delete(story, (held) => !isKept(held, now))
    return ids.length === SOME
  }

  /** All stories of a member who has left. */
  async deleteAllOf(authorId: UserId, signal: AbortSignal): Promise<void> {
    const { db } = this.#deps
    const page = { before: undefined, limit: SOME }
    for (
      let ids = await store.storiesOf(db.query, authorId, page);
      ids.length > 0;
      ids = await store.storiesOf(db.query, authorId, page)
    ) {
      signal.throwIfAborted()
      for (const story of await store.readStories(db.query, ids)) await this.#delete(story, () => true)
    }
  }

  /** False where it is gone, or is not to go. */
  async #delete(known: StoryRecord, isToGo: (story: StoryRecord) => boolean): Promise<boolean> {
    const { db, outbox } = this.#deps
    const { story_id, author_id } = known
    return db.tx(async (tx) => {
      await store.lockAuthor(tx, author_id)
      const story = await store.lockStory(tx, story_id)
      if (!story || !isToGo(story)) return false
      const highlights = story.highlights === 0 ? [] : await dropFromHighlights(tx, author_id, story_id)
      await store.deleteStory(tx, story)
      await outbox.append(tx, [
        { type: 'story.deleted', payload: { story_id, author_id } },
        ...highlights.map((highlight_id) => ({
          type: 'highlight.changed' as const,
          payload: { highlight_id, user_id: author_id, story_ids: [story_id] },
        })),
      ])
      return true
    })
  }
}

/** Stories deleted one after the other between two looks. */
const SOME = 100
