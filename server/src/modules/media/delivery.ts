import { type MediaId, TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { MediaDeps } from './deps.ts'
import type { LinkQuery, MediaLinks, Privacy } from './links.ts'
import type { MediaService } from './service.ts'
import type { ReadyMedia, StoredRendition } from './store.ts'

type MediaRequest = FastifyRequest<{ Params: { media_id: string; name: string }; Querystring: LinkQuery }>
type DeliveryDeps = Pick<MediaDeps, 'objectStore' | 'users' | 'clock'>

const MEDIA_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** By size; by the longest edge alone in those of the first pipeline. */
const NAME = /^\d{1,5}(?:x\d{1,5})?-[0-9a-f]{8}\.(?:webp|avif)$/
const DAY = 86_400
/** Seconds. A private picture is asked for again as its link changes, on the hour. */
const MAX_AGE = { post: 30 * DAY, avatar: DAY, private: 3600 }

/**
 * `GET /media/{media_id}/{name}`: a rendition, to whoever holds a link that is still good. Everything else is `not_found`,
 * whatever the reason.
 */
export const mediaDelivery =
  (deps: DeliveryDeps, media: Pick<MediaService, 'readyMedia'>, links: MediaLinks) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/media/:media_id/:name', async (request, reply) => {
      const wanted = request as MediaRequest
      const found = await findRendition(deps, media, links, wanted)
      if (!found) throw new TintypeError('not_found')
      return sendRendition(deps, found, wanted, reply)
    })
  }

interface Found {
  rendition: StoredRendition
  cacheControl: string
}

async function findRendition(
  deps: DeliveryDeps,
  media: Pick<MediaService, 'readyMedia'>,
  links: MediaLinks,
  { params, query }: MediaRequest,
): Promise<Found | undefined> {
  if (!MEDIA_ID.test(params.media_id) || !NAME.test(params.name)) return undefined
  // Nonsense is told from a link before anything is read; only avatars go without one.
  if (query.k !== undefined && !links.isShaped(query)) return undefined
  const id = params.media_id as MediaId
  const picture = (await media.readyMedia([id])).get(id)
  const rendition = picture?.renditions.find((candidate) => candidate.name === params.name)
  if (!picture || !rendition) return undefined
  const privacy = (await deps.users.privacyFlags([picture.owner_id])).get(picture.owner_id)
  if (!privacy || !mayRead(picture, privacy, links, query)) return undefined
  return { rendition, cacheControl: cacheControlOf(picture, privacy) }
}

const mayRead = (picture: ReadyMedia, privacy: Privacy, links: MediaLinks, query: LinkQuery): boolean =>
  picture.post_id === null || (query.k !== undefined && links.permits(picture.media_id, query, privacy))

function cacheControlOf(picture: ReadyMedia, { is_private }: Privacy): string {
  if (picture.post_id === null) return `public, max-age=${MAX_AGE.avatar}, immutable`
  if (is_private) return `private, max-age=${MAX_AGE.private}`
  return `public, max-age=${MAX_AGE.post}, immutable`
}

async function sendRendition(
  { objectStore }: DeliveryDeps,
  { rendition, cacheControl }: Found,
  request: MediaRequest,
  reply: FastifyReply,
) {
  // The name holds the recipe's hash, so that it says all that an ETag has to.
  const etag = `"${rendition.name}"`
  reply
    .header('cache-control', cacheControl)
    .header('etag', etag)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    // Pictures are for other origins too: whoever has the link has the right.
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('access-control-allow-origin', '*')
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
  const range = rangeOf(request.headers.range, request.headers['if-range']?.toString(), etag, rendition.size)
  reply
    .header('accept-ranges', 'bytes')
    .header('content-type', rendition.content_type)
    .header('content-disposition', `inline; filename="${rendition.name}"`)
  if (range === 'unsatisfiable')
    return reply.code(416).header('content-range', `bytes */${rendition.size}`).send()
  const { body } = await objectStore.get(rendition.key, range)
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${rendition.size}`)
  return reply.header('content-length', range ? range.end - range.start + 1 : rendition.size).send(body)
}

const matches = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((candidate) => [etag, `W/${etag}`, '*'].includes(candidate.trim()))

/** One range of bytes; several, or a unit unknown here, mean the whole (RFC 9110, 14.2). */
function rangeOf(
  header: string | undefined,
  ifRange: string | undefined,
  etag: string,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '') || (ifRange !== undefined && ifRange !== etag))
    return undefined
  const [, first = '', last = ''] = match
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start > end ? 'unsatisfiable' : { start, end }
}
