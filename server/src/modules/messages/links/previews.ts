import type { ConversationId, LinkPreview, MessageId } from '@tintype/contract'
import type { Event } from '../../../engines/event-log/port.ts'
import type { Clock } from '../../../kit/clock.ts'
import { type FetchOptions, fetchPublic } from '../../../kit/fetch-public.ts'
import type { Changing } from '../changing.ts'
import type { ConversationsReader } from '../reader.ts'
import type { ConversationsUpkeep } from '../upkeep.ts'
import { foreignLink } from './link-of.ts'
import { type PageWords, readPage } from './read-page.ts'

export interface LinkPreviewDeps {
  clock: Clock
  reader: Pick<ConversationsReader, 'row'>
  changing: Pick<Changing, 'change'>
  upkeep: Pick<ConversationsUpkeep, 'settled'>
  /** Undefined: none are made. */
  linkPreviews: { siteUrl: string; allowPrivate: boolean } | undefined
  /** The middle of a picture, `edge` pixels wide and high, as WebP. Rejects where it is none that can be shown. */
  smallPicture(bytes: Buffer, edge: number): Promise<Buffer>
}

const KB = 1024
const PAGE_BYTES = 512 * KB
const PICTURE_BYTES = 4096 * KB
/** They stand in the message itself: larger ones are left out. */
const SMALL_BYTES = 12 * KB
const PATIENCE_MS = 6000
const EDGE = 144
/** A preview that comes later than this is no use to anybody. */
const LATE_MS = 600_000

/**
 * What the address in a message leads to, asked for once, by the server, when the message is sent: whoever is there learns neither who
 * reads it nor when. Nothing waits for it, and where nothing is found there is none.
 */
export class LinkPreviews {
  readonly #deps: LinkPreviewDeps

  constructor(deps: LinkPreviewDeps) {
    this.#deps = deps
  }

  async make({ payload, at }: Event<'message.sent' | 'message.edited'>, signal: AbortSignal): Promise<void> {
    const { linkPreviews, clock, reader, changing, upkeep } = this.#deps
    if (!linkPreviews || !payload.link || clock.now() - at > LATE_MS) return
    const row = await reader.row(payload.conversation_id as ConversationId, payload.message_id as MessageId)
    const url = row && foreignLink(row.content.body, linkPreviews.siteUrl)
    if (!url || row.content.link?.url === url) return
    const link = await this.#read(url, signal)
    if (!link) return
    let isNew = false
    await changing.change(row, ({ content, marks }) => {
      // Taken back, or another text by now.
      isNew = !marks.unsent && foreignLink(content.body, linkPreviews.siteUrl) === url
      return isNew ? { content: { ...content, link } } : undefined
    })
    if (isNew) await upkeep.settled(row.conversation_id, row.message_id)
  }

  async #read(url: string, signal: AbortSignal): Promise<LinkPreview | undefined> {
    const page = await fetchPublic(url, this.#asking('text/html', PAGE_BYTES, signal))
    const words = page && readPage(page)
    if (!words) return undefined
    const { title, text, site } = words
    return { url, title, text, site, picture: await this.#picture(words, signal) }
  }

  async #picture({ picture }: PageWords, signal: AbortSignal): Promise<string | null> {
    if (!picture) return null
    const large = await fetchPublic(picture, this.#asking('image/*', PICTURE_BYTES, signal))
    if (!large?.isWhole) return null
    const small = await this.#deps.smallPicture(large.bytes, EDGE).catch(() => undefined)
    return small && small.length <= SMALL_BYTES ? `data:image/webp;base64,${small.toString('base64')}` : null
  }

  #asking(accept: string, mostBytes: number, signal: AbortSignal): FetchOptions {
    const { siteUrl = '', allowPrivate = false } = this.#deps.linkPreviews ?? {}
    const userAgent = `Tintype (link preview; ${siteUrl})`
    return { accept, userAgent, mostBytes, patienceMs: PATIENCE_MS, allowPrivate, signal }
  }
}
