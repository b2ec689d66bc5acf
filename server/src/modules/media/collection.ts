import type { MediaId, SubjectRef, UserId } from '@tintype/contract'
import type { MediaDeps } from './deps.ts'
import { objectKeys } from './recipe.ts'
import * as sets from './rendition-store.ts'
import type { MediaService } from './service.ts'
import * as store from './store.ts'
import * as uploadStore from './upload-store.ts'
import { UPLOAD_TTL, type Uploads } from './uploads.ts'

const MINUTE = 60_000
/** Longer than a picture can be in processing, so that nothing is deleted under a worker's hands. */
const GRACE = 10 * MINUTE
/** Longer than a PUT that began just before its link expired. */
const UPLOAD_GRACE = 60 * MINUTE
/** How long "already used" is answered for an upload rather than "unknown". */
const USED_KEPT = 7 * 24 * 60 * MINUTE
const BATCH = 200
const ERASE_BATCH = 500

/**
 * Takes away what nobody refers to. Files go before the rows that know of them, so a run that dies half-way is finished by the
 * next.
 */
export class Collection {
  readonly #deps: Pick<MediaDeps, 'db' | 'objectStore' | 'clock'>
  readonly #uploads: Pick<Uploads, 'removeObject' | 'closeLinks'>
  readonly #media: Pick<MediaService, 'release'>

  constructor(
    deps: Pick<MediaDeps, 'db' | 'objectStore' | 'clock'>,
    uploads: Pick<Uploads, 'removeObject' | 'closeLinks'>,
    media: Pick<MediaService, 'release'>,
  ) {
    this.#deps = deps
    this.#uploads = uploads
    this.#media = media
  }

  async collect(signal: AbortSignal): Promise<void> {
    for (const step of [this.#collectUploads, this.#releaseExpired, this.#collectMedia, this.#collectSets])
      while (!signal.aborted && (await step.call(this)));
  }

  /** What was attached to things that have ended: gone from view now, from the store soon. */
  async dropAttached(subjects: readonly SubjectRef[]): Promise<void> {
    const { db } = this.#deps
    for (const subject of subjects) await this.#dropAll((limit) => store.attachedTo(db.query, subject, limit))
  }

  /** All that a deleted member had. */
  async erase(ownerId: UserId): Promise<void> {
    const { db } = this.#deps
    for (const row of await uploadStore.cancelAll(db.query, ownerId)) await this.#uploads.closeLinks(row)
    await this.#dropAll((limit) => store.ownedBy(db.query, ownerId, limit))
  }

  async #dropAll(some: (limit: number) => Promise<MediaId[]>): Promise<void> {
    for (let ids = await some(ERASE_BATCH); ids.length > 0; ids = await some(ERASE_BATCH))
      await this.#release(ids)
  }

  #release(ids: readonly MediaId[]): Promise<void> {
    return this.#deps.db.tx((tx) => this.#media.release(tx, ids))
  }

  #ago(ms: number): Date {
    return new Date(this.#deps.clock.now() - ms)
  }

  /** Uploads that nobody used by the time they expired; also what keeps the keys of cancelled ones closed. */
  async #collectUploads(): Promise<boolean> {
    const { db } = this.#deps
    const expired = await uploadStore.expiredBefore(
      db.query,
      { unused: this.#ago(UPLOAD_GRACE), used: this.#ago(USED_KEPT) },
      BATCH,
    )
    for (const row of expired) if (row.state !== 'used') await this.#uploads.removeObject(row)
    if (expired.length > 0) await uploadStore.deleteUploads(db.query, expired)
    return expired.length === BATCH
  }

  /** Nobody sees these any more since their time was over; from now on they go the way of all that is released. */
  async #releaseExpired(): Promise<boolean> {
    const { db, clock } = this.#deps
    const expired = await store.expired(db.query, new Date(clock.now()), BATCH)
    await this.#release(expired)
    return expired.length === BATCH
  }

  async #collectMedia(): Promise<boolean> {
    const { db, objectStore, clock } = this.#deps
    const released = await store.releasedBefore(db.query, this.#ago(GRACE), BATCH)
    if (released.length === 0) return false
    // While the link that brought an original is good, its key stays closed; the upload's row is known as long, and opens it.
    const links = this.#ago(UPLOAD_TTL * 1000 + UPLOAD_GRACE)
    const [young, old] = [true, false].map((isYoung) =>
      released.filter((row) => row.created_at >= links === isYoung).map((row) => row.original_key),
    )
    await objectStore.close(young ?? [])
    await objectStore.delete(old ?? [])
    await db.tx(async (tx) => {
      const originals = released.map((row) => ({ owner_id: row.owner_id, object_key: row.original_key }))
      await uploadStore.setOrphaned(tx, originals)
      await sets.letGo(tx, released, new Date(clock.now()))
      await store.deleteMedia(
        tx,
        released.map((row) => row.media_id),
      )
    })
    return released.length === BATCH
  }

  /** The grace already given to the last picture of a set is enough for the set. */
  async #collectSets(): Promise<boolean> {
    const { db, objectStore, clock } = this.#deps
    const unused = await sets.takeUnused(db.query, new Date(clock.now() + 1), BATCH)
    if (unused.length === 0) return false
    await objectStore.delete(unused.flatMap(objectKeys))
    await sets.deleteSets(
      db.query,
      unused.map(({ recipe }) => recipe),
    )
    return unused.length === BATCH
  }
}
