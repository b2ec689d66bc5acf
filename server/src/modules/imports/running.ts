import { randomBytes } from 'node:crypto'
import { limits, type PostId, type StoryId, TintypeError, type UploadId } from '@tintype/contract'
import { v7 } from 'uuid'
import type { ImportDeps } from './deps.ts'
import type { ImportRef, ItemRow } from './import-store.ts'
import * as store from './import-store.ts'
import { objectKey } from './imports.ts'
import { type ItemPlan, isPicture } from './plan.ts'
import { SentZip } from './zip-reading.ts'

/** Pictures that wait to be made at once: others' uploads are not to stand behind thousands. */
const AT_ONCE = 8

const types: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heif',
  avif: 'image/avif',
  gif: 'image/gif',
  mov: 'video/quicktime',
  webm: 'video/webm',
}

/**
 * Imports what was checked, a few items at a time: the next are begun when those are made. An item is given the id of what it becomes first,
 * and that is made under this id: taken up again after a crash it is the same thing, and never two.
 *
 *   planned -> processing (its thing has an id) -> done, or failed with the reason
 */
export class Running {
  readonly #deps: ImportDeps

  constructor(deps: ImportDeps) {
    this.#deps = deps
  }

  async go(ref: ImportRef, signal: AbortSignal): Promise<void> {
    const { db, objectStore } = this.#deps
    const row = await store.findImport(db.query, ref)
    if (row?.state !== 'running') return
    await using archive = await SentZip.open(objectStore, objectKey(ref), Number(row.size))
    for (;;) {
      signal.throwIfAborted()
      const waiting = await this.#stillWaiting(ref, archive)
      if (waiting >= AT_ONCE) return
      const planned = await store.itemsIn(db.query, ref.user_id, ref.import_id, 'planned', AT_ONCE - waiting)
      if (planned.length === 0) {
        // Whoever is made last comes here again.
        if (waiting === 0) await this.#end(ref)
        return
      }
      for (const item of planned) {
        signal.throwIfAborted()
        if (!(await this.#isWanted(ref))) return
        await this.#begin(ref, archive, item)
      }
    }
  }

  /** What an import waits for is made, or never will be. */
  async ended(thingId: string, failureCode: string | null): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const [awaited] = await store.takeAwaited(tx, thingId)
      if (!awaited) return
      const { user_id, import_id, number } = awaited
      const state = failureCode === null ? 'done' : 'failed'
      await store.setItem(tx, awaited, number, { state, reason: failureCode })
      await outbox.append(tx, [{ type: 'import.due', payload: { user_id, import_id } }])
    })
  }

  /** Items whose things are being made; those that a crash left without one are begun again. */
  async #stillWaiting(ref: ImportRef, archive: SentZip): Promise<number> {
    const { db, posts, stories } = this.#deps
    const items = await store.itemsIn(db.query, ref.user_id, ref.import_id, 'processing', 10 * AT_ONCE)
    const ids = items.flatMap(({ thing_id }) => thing_id ?? []) as never[]
    const [made, told] = await Promise.all([posts.records(ids), stories.statuses(ids)])
    let waiting = 0
    for (const item of items) {
      const thing = made.get(item.thing_id as PostId) ?? told.get(item.thing_id as StoryId)
      if (!thing) await this.#make(ref, archive, item, item.thing_id ?? '')
      if (!thing || thing.status === 'processing') waiting += 1
      else await this.ended(item.thing_id ?? '', thing.status === 'failed' ? thing.failure_code : null)
    }
    return waiting
  }

  async #begin(ref: ImportRef, archive: SentZip, item: ItemRow): Promise<void> {
    const { db } = this.#deps
    const id = v7({ msecs: item.plan.at, random: randomBytes(16) })
    await db.tx((tx) => store.nameThing(tx, ref, item, id))
    await this.#make(ref, archive, item, id)
  }

  async #make(ref: ImportRef, archive: SentZip, { plan }: ItemRow, id: string): Promise<void> {
    const uploads: UploadId[] = []
    try {
      for (const file of plan.files) uploads.push(await this.#receive(ref, archive, file.name))
      await this.#post(ref, plan, uploads, id)
    } catch (error) {
      await this.#deps.media.giveUp(ref.user_id, uploads)
      // A file's or a text's own fault is that item's; all else is tried again.
      if (!(error instanceof TintypeError) || error.code === 'unavailable' || error.code === 'internal')
        throw error
      await this.ended(id, error.code)
    }
  }

  /** Its member may have ended it, or left, since. */
  async #isWanted(ref: ImportRef): Promise<boolean> {
    return (await store.findImport(this.#deps.db.query, ref))?.state === 'running'
  }

  async #receive({ user_id }: ImportRef, archive: SentZip, name: string): Promise<UploadId> {
    const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
    const body = archive.stream(name, isPicture(name) ? limits.photoBytes : limits.videoBytes)
    try {
      return await this.#deps.media.receiveFile(user_id, {
        body,
        contentType: types[extension] ?? 'video/mp4',
      })
    } finally {
      body.destroy()
    }
  }

  async #post({ user_id }: ImportRef, plan: ItemPlan, uploads: UploadId[], id: string): Promise<void> {
    const { posts, stories } = this.#deps
    const alt_texts = plan.files.map(({ alt_text }) => alt_text)
    const [upload_id] = uploads
    if (plan.kind === 'story' && upload_id) {
      const { audience = 'followers' } = plan
      return stories.importStory(user_id, id as StoryId, {
        upload_id,
        audience,
        alt_text: alt_texts[0] ?? '',
      })
    }
    const body = {
      upload_ids: uploads,
      caption: plan.caption,
      alt_texts,
      ...(plan.place && { location: { name: plan.place } }),
      ...(plan.kind === 'reel' && { reel: {} }),
      ...(plan.likes_hidden !== undefined && { likes_hidden: plan.likes_hidden }),
      ...(plan.comments_from && { comments_from: plan.comments_from }),
    }
    await posts.confirmPost(user_id, body, id, true)
  }

  async #end(ref: ImportRef): Promise<void> {
    const { db, outbox, objectStore } = this.#deps
    const isEnded = await db.tx(async (tx) => {
      if (!(await store.move(tx, ref, ['running'], { state: 'done' }))) return false
      await outbox.append(tx, [{ type: 'import.finished', payload: ref }])
      return true
    })
    if (isEnded) await objectStore.delete([objectKey(ref)])
  }
}
