import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type MediaId, TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { rangeOf } from '../../kit/byte-range.ts'
import type { MediaAccess } from '../subject.ts'
import { accessOf, permits, privacyOf } from './access.ts'
import type { MediaDeps } from './deps.ts'
import type { LinkQuery, MediaLinks, Privacy } from './links.ts'
import type { Originals } from './originals.ts'
import { filesOf, type StoredFile } from './outcome.ts'
import { masterName } from './recipe.ts'
import type { Renewal } from './renewal.ts'
import type { MediaService } from './service.ts'
import { type ReadyMedia, readCaptions } from './store.ts'
import { masterPlaylist, PLAYLIST_TYPE, QUERY } from './video/playlist.ts'

type MediaRequest = FastifyRequest<{ Params: { media_id: string; name: string }; Querystring: LinkQuery }>
type DeliveryDeps = Pick<MediaDeps, 'db' | 'objectStore' | 'members' | 'subjects' | 'sharing' | 'clock'> & {
  media: Pick<MediaService, 'readyMedia'>
  links: MediaLinks
  renewal: Pick<Renewal, 'renew'>
  originals: Pick<Originals, 'open'>
}

const MEDIA_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** Pictures by size; by the longest edge alone in those of the first pipeline. Parts of films by what they are. */
const NAME =
  /^(?:\d{1,5}(?:x\d{1,5})?-[0-9a-f]{8}\.(?:webp|avif)|(?:\d{3,4}p|film|sound|preview|strip|voice)-[0-9a-f]{8}\.(?:mp4|m4a|m3u8|webp)|captions-[0-9a-f]{8}\.vtt)$/
const DAY = 86_400
/** Seconds. What not everybody may see is asked for again as its link changes, on the hour. */
const MAX_AGE = { link: 30 * DAY, public: DAY, private: 3600 }
/** What a reader's right is put in, so that what it leads to opens for them too. */
const MAX_PLAYLIST_BYTES = 4 * 1024 * 1024
const UNKEPT = 'private, no-store'
/** Seconds that a shared cache answers without asking: what is taken from view is gone there after that. */
const SHARED_MAX_AGE = 60

/**
 * `GET /media/{media_id}/{name}`: a rendition, to whoever holds a link that is still good. Everything else is `not_found`,
 * whatever the reason.
 */
export const mediaDelivery =
  (deps: DeliveryDeps) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/media/:media_id/original', async (request, reply) => {
      const { params, query } = request as MediaRequest
      if (!MEDIA_ID.test(params.media_id)) throw new TintypeError('not_found')
      const { filename, type, size, body } = await deps.originals.open(params.media_id as MediaId, query)
      return asPicture(reply)
        .header('cache-control', 'private, no-store')
        .header('content-disposition', `attachment; filename="${filename}"`)
        .header('content-type', type)
        .header('content-length', size)
        .send(body)
    })
    app.get('/media/:media_id/:name', async (request, reply) => {
      const wanted = request as MediaRequest
      const found = await findRendition(deps, wanted)
      if (!found) throw new TintypeError('not_found')
      if (isCaptions(found.media, wanted.params.name)) return sendCaptions(deps, found, reply)
      return isPlaylist(found)
        ? sendPlaylist(deps, found, wanted, reply)
        : sendFile(deps, found, wanted, reply)
    })
  }

interface Found {
  id: MediaId
  media: ReadyMedia
  /** Undefined: the list of a film's sizes, or what is said in it; neither is a file. */
  file: StoredFile | undefined
  cacheControl: string
}

const isPlaylist = ({ file }: Found): boolean => file === undefined || file.content_type === PLAYLIST_TYPE

async function findRendition(
  { media, members, links, subjects, sharing, clock }: DeliveryDeps,
  { params, query }: MediaRequest,
): Promise<Found | undefined> {
  if (!MEDIA_ID.test(params.media_id) || !NAME.test(params.name)) return undefined
  // Nonsense is told from a link before anything is read; only what is everybody's goes without one.
  if (query.k !== undefined && !links.isShaped(query)) return undefined
  const id = params.media_id as MediaId
  const picture = (await media.readyMedia([id])).get(id)
  const file = picture && filesOf(picture).find((candidate) => candidate.name === params.name)
  const isText = picture !== undefined && isCaptions(picture, params.name)
  if (!picture || (!file && !isText && !isMaster(picture, params.name))) return undefined
  if (links.isReview(query))
    return links.permitsReview(id, query) ? { id, media: picture, file, cacheControl: UNKEPT } : undefined
  if (links.isShared(query))
    return (await opensByLink(sharing, links, { id, picture, query }))
      ? { id, media: picture, file, cacheControl: UNKEPT }
      : undefined
  const flags = (await members.privacyFlags([picture.owner_id])).get(picture.owner_id)
  const privacy = flags && privacyOf(picture, flags)
  const access = accessOf(picture, subjects, clock.now())
  if (!access || !privacy || !(await permits(picture, access, { links, query, privacy }))) return undefined
  return {
    id,
    media: picture,
    file,
    cacheControl: cacheControlOf(access, privacy, secondsLeft(picture, subjects, clock.now())),
  }
}

/** Does the private link that this was made for show what the picture is attached to? */
async function opensByLink(
  sharing: DeliveryDeps['sharing'],
  links: MediaLinks,
  { id, picture: { subject, sealed }, query }: { id: MediaId; picture: ReadyMedia; query: LinkQuery },
): Promise<boolean> {
  const linkId = links.sharedBy(id, query)
  return linkId !== undefined && subject !== null && !sealed && (await sharing.opens(linkId, subject))
}

const isMaster = (media: ReadyMedia, name: string): boolean =>
  media.kind === 'video' && media.film.rungs.length > 0 && masterName(media.film.recipe) === name

const isCaptions = ({ captions }: ReadyMedia, name: string): boolean => captions?.name === name

async function sendCaptions({ db }: DeliveryDeps, { id, cacheControl }: Found, reply: FastifyReply) {
  const vtt = await readCaptions(db.query, id)
  if (vtt === undefined) throw new TintypeError('not_found')
  return asPicture(reply)
    .header('cache-control', cacheControl)
    .header('access-control-allow-origin', '*')
    .header('content-type', 'text/vtt; charset=utf-8')
    .send(vtt)
}

/** Until fewer may see it than now. */
function secondsLeft(picture: ReadyMedia, subjects: DeliveryDeps['subjects'], now: number): number {
  const { subject, purpose, expires_at } = picture
  const ends = [expires_at, subject && subjects.mediaUntil(subject, purpose)]
  const ahead = ends.filter((end): end is number => typeof end === 'number' && end > now)
  return Math.floor((Math.min(...ahead) - now) / 1000)
}

/** Never `immutable`: who reloads asks whether they may still see it; and never longer than there are seconds left. */
function cacheControlOf(access: MediaAccess, { is_private }: Privacy, left: number): string {
  const isOpen = access === 'public' || (access === 'link' && !is_private)
  if (!isOpen) return `private, max-age=${Math.min(MAX_AGE.private, left)}`
  const [maxAge, shared] = [Math.min(MAX_AGE[access], left), Math.min(SHARED_MAX_AGE, left)]
  return `public, max-age=${maxAge}, s-maxage=${shared}, proxy-revalidate`
}

/** What a browser may do with it: show it, wherever the link stands, and nothing else. */
const asPicture = (reply: FastifyReply): FastifyReply =>
  reply
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    // Pictures are for other origins too: whoever has the link has the right.
    .header('cross-origin-resource-policy', 'cross-origin')

/**
 * A list of what a player fetches next, each with the reader's own right to it. What a list says depends on the link, so it is never
 * answered from a shared cache for another.
 */
async function sendPlaylist(
  { objectStore }: DeliveryDeps,
  { media, file, cacheControl }: Found,
  { raw }: MediaRequest,
  reply: FastifyReply,
) {
  const query = /\?.*$/.exec(raw.url ?? '')?.[0] ?? ''
  asPicture(reply)
    .header('cache-control', cacheControl)
    .header('access-control-allow-origin', '*')
    .header('content-type', PLAYLIST_TYPE)
  if (!file) {
    const { rungs, sound } = (media as ReadyMedia & { kind: 'video' }).film
    return reply.send(masterPlaylist(rungs, sound, query))
  }
  if (file.size > MAX_PLAYLIST_BYTES) throw new TintypeError('not_found')
  return reply.send((await text((await objectStore.get(file.key)).body)).replaceAll(QUERY, query))
}

async function sendFile(
  deps: DeliveryDeps,
  { id, file, cacheControl }: Found,
  { headers }: MediaRequest,
  reply: FastifyReply,
) {
  if (!file) throw new TintypeError('not_found')
  const rendition = file
  // The name holds the recipe's hash, so that it says all that an ETag has to.
  const etag = `"${rendition.name}"`
  asPicture(reply)
    .header('cache-control', cacheControl)
    .header('etag', etag)
    .header('access-control-allow-origin', '*')
  if (matches(headers['if-none-match'], etag)) return reply.code(304).send()
  const whole = { ...rendition, id }
  // Only then must the size be known beforehand.
  const size = headers.range === undefined ? rendition.size : await sizeOf(deps, whole)
  const range = rangeOf(headers.range, headers['if-range']?.toString(), etag, size)
  reply
    .header('accept-ranges', 'bytes')
    .header('content-type', rendition.content_type)
    .header('content-disposition', `inline; filename="${rendition.name}"`)
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send()
  const { info, body } = await openWhole(deps, whole, range)
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`)
  return reply.header('content-length', range ? range.end - range.start + 1 : info.size).send(body)
}

type Whole = StoredFile & { id: MediaId }

/** Opens a rendition's file; one that is missing or damaged is made again. */
async function openWhole(
  { objectStore, renewal }: DeliveryDeps,
  rendition: Whole,
  range?: { start: number; end: number },
): Promise<{ info: { size: number }; body: Readable }> {
  try {
    return await objectStore.get(rendition.key, range)
  } catch (error) {
    if (!(error instanceof TintypeError && error.code === 'not_found')) throw error
  }
  await renewal.renew(rendition.id, rendition)
  return objectStore.get(rendition.key, range)
}

async function sizeOf(deps: DeliveryDeps, rendition: Whole): Promise<number> {
  const known = await deps.objectStore.head(rendition.key)
  if (known) return known.size
  await deps.renewal.renew(rendition.id, rendition)
  return (await deps.objectStore.head(rendition.key))?.size ?? rendition.size
}

const matches = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((candidate) => [etag, `W/${etag}`, '*'].includes(candidate.trim()))
