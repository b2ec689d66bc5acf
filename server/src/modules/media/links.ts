import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { LinkId, MediaId, UserId } from '@tintype/contract'
import type { Clock } from '../../kit/clock.ts'
import { lruOf } from '../../kit/lru.ts'

export interface Privacy {
  is_private: boolean
  media_epoch: number
}

const HOUR = 3600
/** Stands for a viewer who is not logged in. */
const VISITOR = ''
const REVIEW = 'review'
const SHARED = 'link.'
/** 132 bits. */
const MAC_LENGTH = 22

/**
 * Links that carry the right to see a picture: `/media/{media_id}/{name}?k=<mac>[&e=<expiry>]`. The mac covers the owner's
 * `media_epoch`, so raising that kills every link given out before; links into private accounts also expire, within two
 * hours, on the hour, so that a page asked for twice has the same links and the browser's cache holds. One mac is for all
 * renditions of a picture.
 */
export class MediaLinks {
  /** As bytes it would take seven times as long to use. */
  readonly #key: KeyObject
  readonly #clock: Clock
  /** A mac takes 4 µs and a feed page has twenty. */
  readonly #macs = lruOf<string, string>(20_000)

  constructor({ secret, clock }: { secret: string; clock: Clock }) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'tintype media links', 32)))
    this.#clock = clock
  }

  /** What goes behind the names of a picture's renditions. */
  query(id: MediaId, { is_private, media_epoch }: Privacy): string {
    if (!is_private) return `?k=${this.#mac(id, media_epoch, '')}`
    const expires = this.#expiry()
    return `?k=${this.#mac(id, media_epoch, expires)}&e=${expires}`
  }

  /** The same for one viewer (null: a visitor): whether they may see it is asked again at each use. Expires in any case. */
  viewerQuery(id: MediaId, viewerId: UserId | null, { media_epoch }: Privacy): string {
    const expires = this.#expiry()
    return `?k=${this.#viewerMac(id, viewerId ?? VISITOR, media_epoch, expires)}&e=${expires}&v=${viewerId ?? VISITOR}`
  }

  /** For whom such a link was made; undefined where it is none, or not good any more. */
  viewerOf(id: MediaId, { k, e, v }: LinkQuery, { media_epoch }: Privacy): { id: UserId | null } | undefined {
    if (typeof v !== 'string' || !(Number(e) * 1000 > this.#clock.now())) return undefined
    if (!isEqual(String(k), this.#viewerMac(id, v, media_epoch, String(e)))) return undefined
    return { id: v === VISITOR ? null : (v as UserId) }
  }

  /** Could this be a link of ours? Costs nothing and needs to know nothing of the picture. */
  isShaped({ k, e }: LinkQuery): boolean {
    return typeof k === 'string' && k.length === MAC_LENGTH && (e === undefined || /^\d{10}$/.test(String(e)))
  }

  /** May the bearer see it now? */
  permits(id: MediaId, { k, e }: LinkQuery, { is_private, media_epoch }: Privacy): boolean {
    const expires = e === undefined ? '' : String(e)
    if (is_private && expires === '') return false
    if (expires !== '' && Number(expires) * 1000 <= this.#clock.now()) return false
    return isEqual(String(k), this.#mac(id, media_epoch, expires))
  }

  /** The same for the file as it was uploaded: good until then, whatever becomes of the owner's `media_epoch`. */
  originalQuery(id: MediaId, expires: number): string {
    return `?k=${this.#originalMac(id, expires)}&e=${expires}`
  }

  permitsOriginal(id: MediaId, query: LinkQuery): boolean {
    const expires = Number(query.e)
    if (query.e === undefined || !this.isShaped(query) || expires * 1000 <= this.#clock.now()) return false
    return isEqual(String(query.k), this.#originalMac(id, expires))
  }

  /** The same for one who has to look at a picture whatever became of it or of its owner: a moderator, within two hours. */
  reviewQuery(id: MediaId): string {
    const expires = this.#expiry()
    return `?k=${this.#reviewMac(id, expires)}&e=${expires}&v=${REVIEW}`
  }

  isReview({ v }: LinkQuery): boolean {
    return v === REVIEW
  }

  permitsReview(id: MediaId, { k, e }: LinkQuery): boolean {
    return Number(e) * 1000 > this.#clock.now() && isEqual(String(k), this.#reviewMac(id, String(e)))
  }

  /** The same for whoever holds a private link, which is asked at each use whether it still opens. */
  sharedQuery(id: MediaId, linkId: LinkId): string {
    const expires = this.#expiry()
    return `?k=${this.#sharedMac(id, linkId, expires)}&e=${expires}&v=${SHARED}${linkId}`
  }

  isShared({ v }: LinkQuery): boolean {
    return typeof v === 'string' && v.startsWith(SHARED)
  }

  /** By which private link; undefined where it is none, or not good any more. */
  sharedBy(id: MediaId, { k, e, v }: LinkQuery): LinkId | undefined {
    const linkId = String(v).slice(SHARED.length) as LinkId
    if (!(Number(e) * 1000 > this.#clock.now())) return undefined
    return isEqual(String(k), this.#sharedMac(id, linkId, String(e))) ? linkId : undefined
  }

  #sharedMac(id: MediaId, linkId: LinkId, expires: string): string {
    return this.#hash(`link|${linkId}|${id}|${expires}`)
  }

  #reviewMac(id: MediaId, expires: string): string {
    return this.#hash(`review|${id}|${expires}`)
  }

  #originalMac(id: MediaId, expires: number): string {
    return this.#hash(`original|${id}|${expires}`)
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url').slice(0, MAC_LENGTH)
  }

  /** Within two hours, on the hour. */
  #expiry(): string {
    return String((Math.floor(this.#clock.now() / 1000 / HOUR) + 2) * HOUR)
  }

  #mac(id: MediaId, epoch: number, expires: string): string {
    return this.#macOf(`${id}|${epoch}|${expires}`)
  }

  #viewerMac(id: MediaId, viewer: string, epoch: number, expires: string): string {
    return this.#macOf(`viewer|${viewer}|${id}|${epoch}|${expires}`)
  }

  #macOf(text: string): string {
    const known = this.#macs.get(text)
    if (known !== undefined) return known
    const mac = this.#hash(text)
    this.#macs.set(text, mac)
    return mac
  }
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

export interface LinkQuery {
  k?: unknown
  e?: unknown
  v?: unknown
}
