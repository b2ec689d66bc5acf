import { createHash } from 'node:crypto'
import { importLimits, limits, TintypeError, tidyText } from '@tintype/contract'
import type { ImportDeps } from './deps.ts'
import type { ImportRef } from './import-store.ts'
import * as store from './import-store.ts'
import { objectKey } from './imports.ts'
import { instagram } from './instagram.ts'
import { activityPub, googlePhotos, pictures, tintype } from './others.ts'
import {
  type ArchiveFile,
  type ItemPlan,
  isMedia,
  isPicture,
  type LeftOut,
  type Understanding,
} from './plan.ts'
import { SentZip } from './zip-reading.ts'

/** What is tried again. */
const passing: ReadonlySet<string> = new Set(['unavailable', 'internal'])

/** In the order in which they look; the last takes what has pictures. */
const understandings: readonly Understanding[] = [tintype, instagram, activityPub, googlePhotos, pictures]

/** Looks into an archive, and writes down what would be imported. Nothing is imported yet. */
export class Checking {
  readonly #deps: ImportDeps

  constructor(deps: ImportDeps) {
    this.#deps = deps
  }

  async check(ref: ImportRef): Promise<void> {
    const { db } = this.#deps
    const row = await store.findImport(db.query, ref)
    if (row?.state !== 'checking') return
    try {
      const { objectStore } = this.#deps
      const { size } = await objectStore.completeMultipart(objectKey(ref), row.multipart_id)
      await using archive = await SentZip.open(objectStore, objectKey(ref), size)
      const { source, plans } = await understood(archive)
      if (plans.length === 0) throw new TintypeError('import_empty')
      if (countOf(plans) > importLimits.items) throw new TintypeError('import_too_many')
      const items = await this.#items(ref, plans, archive.files)
      await db.tx(async (tx) => {
        if (await store.move(tx, ref, ['checking'], { state: 'checked', source }))
          await store.replaceItems(tx, ref, items)
      })
    } catch (error) {
      if (!(error instanceof TintypeError) || passing.has(error.code)) throw error
      const failure_code = error.code.startsWith('import_') ? error.code : 'import_unreadable'
      await store.move(db.query, ref, ['checking'], { state: 'failed', failure_code })
      await this.#deps.objectStore.delete([objectKey(ref)])
    }
  }

  async #items({ user_id }: ImportRef, plans: readonly ItemPlan[], files: ReadonlyMap<string, ArchiveFile>) {
    const { db, posts, stories, clock } = this.#deps
    const now = clock.now()
    const seen = new Map<string, number>()
    const items = plans
      .toSorted((one, other) => one.at - other.at)
      .flatMap((plan) => inSizes(plan, files, now))
      .map((plan) => ({ plan, reason: reasonOf(plan, files), fingerprint: fingerprintOf(plan, files, seen) }))
    const known = await store.knownThings(
      db.query,
      user_id,
      items.map(({ fingerprint }) => fingerprint),
    )
    const ids = [...known.values()] as never[]
    const [madePosts, madeStories] = await Promise.all([posts.records(ids), stories.statuses(ids)])
    const isThere = (id: string | undefined) =>
      id !== undefined &&
      [madePosts.get(id as never)?.status, madeStories.get(id as never)?.status].some(
        (status) => status !== undefined && status !== 'failed',
      )
    return items.map(({ reason, ...item }) => {
      const state = reason ? 'left_out' : isThere(known.get(item.fingerprint)) ? 'known' : 'planned'
      return { ...item, reason, state: state as 'planned' | 'left_out' | 'known' }
    })
  }
}

async function understood(archive: SentZip) {
  for (const { source, read } of understandings) {
    // What only looks at texts and fails is at fault with these, and would be again.
    const plans = await read(archive).catch((cause: unknown) => {
      throw cause instanceof TintypeError ? cause : new TintypeError('import_unreadable', { cause })
    })
    if (plans) return { source, plans: plans.filter(({ at }) => Number.isFinite(at) && at > 0) }
  }
  throw new TintypeError('import_empty')
}

const partsOf = ({ files }: ItemPlan): number => Math.max(1, Math.ceil(files.length / limits.carousel))
const countOf = (plans: readonly ItemPlan[]): number => plans.reduce((sum, plan) => sum + partsOf(plan), 0)

/** More pictures than a post takes become several posts, one behind the other. Texts are as a request's; what is of the future is of now. */
function inSizes(plan: ItemPlan, known: ReadonlyMap<string, ArchiveFile>, now: number): ItemPlan[] {
  const at = Math.min(Math.floor(plan.at), now)
  const caption = written(plan.caption, 'lines', limits.caption)
  const place = written(plan.place ?? '', 'line', limits.placeName) || null
  return Array.from({ length: partsOf(plan) }, (_, part) => ({
    ...plan,
    at: Math.max(at - part, 1),
    caption,
    place,
    files: plan.files.slice(part * limits.carousel, (part + 1) * limits.carousel).map((file) => ({
      name: known.has(file.name) ? file.name : written(file.name, 'line', LOST_NAME),
      alt_text: written(file.alt_text, 'lines', limits.altText),
    })),
  }))
}

/** Characters that are told of the name of a file which is not there. */
const LOST_NAME = 300

/** The beginning of a text, in the form in which those of requests are stored. No more of it is looked at than may be kept. */
const written = (text: string, form: 'line' | 'lines', most: number): string =>
  [...tidyText(text.slice(0, 4 * most), form)].slice(0, most).join('')

function reasonOf(plan: ItemPlan, files: ReadonlyMap<string, ArchiveFile>): LeftOut | null {
  if (plan.files.length === 0) return 'no_files'
  for (const { name } of plan.files) {
    const file = files.get(name)
    if (!file) return 'file_missing'
    if (!isMedia(name)) return 'file_unknown'
    if (file.size > (isPicture(name) ? limits.photoBytes : limits.videoBytes)) return 'file_too_large'
  }
  return null
}

/**
 * The same for the same files, in whichever archive and under whichever name: of their checksums and sizes. Twice in one archive is twice.
 */
function fingerprintOf(
  plan: ItemPlan,
  files: ReadonlyMap<string, ArchiveFile>,
  seen: Map<string, number>,
): string {
  const of = plan.files.map(({ name }) => {
    const file = files.get(name)
    return file ? `${file.crc32}:${file.size}` : name
  })
  const isStory = plan.kind === 'story'
  const hash = createHash('sha256')
    .update(JSON.stringify([isStory, of]))
    .digest('base64url')
  const count = (seen.get(hash) ?? 0) + 1
  seen.set(hash, count)
  return count === 1 ? hash : `${hash}.${count}`
}
