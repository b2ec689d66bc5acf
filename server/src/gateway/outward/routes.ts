import { createHash } from 'node:crypto'
import { type PostId, TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { originOf } from '../ask-within.ts'
import { embedGone, embedHeaders, embedPage, oembedOf, postAt } from './embed.ts'
import { ENTRIES, type FeedFormat, type FeedOf, feedOf, feedTypes } from './feeds.ts'
import { sitemap } from './sitemap.ts'
import { asVisitor } from './visitor.ts'
import { nameOf } from './words.ts'

interface OutwardOptions {
  publicUrl: string
  mediaOrigins: readonly string[]
}

/**
 * What other programs read of this place: feeds of profiles and hashtags, posts in frames, a map of its pages. All of it is what a visitor
 * would be shown, and asked for each time, as what is public may go private.
 */
export function registerOutward(app: FastifyInstance, { publicUrl, mediaOrigins }: OutwardOptions): void {
  app.get<{ Params: { file: string } }>('/feed/users/:file', async (request, reply) => {
    const [name, format] = feedFile(request.params.file)
    const api = asVisitor(app, request)
    const [user, { items }] = await Promise.all([
      api.members.profile({ params: { username: name } }),
      api.feed.user({ params: { username: name }, query: { limit: ENTRIES } }),
    ])
    return sendFeed(request, reply, format, {
      origin: originOf(request, publicUrl),
      page: `/${user.username}`,
      address: `/feed/users/${user.username}`,
      title: nameOf(user),
      posts: items,
    })
  })

  app.get<{ Params: { file: string } }>('/feed/tags/:file', async (request, reply) => {
    const [tag, format] = feedFile(request.params.file)
    const { items } = await asVisitor(app, request).feed.hashtag({
      params: { tag },
      query: { limit: ENTRIES },
    })
    const path = encodeURIComponent(tag)
    return sendFeed(request, reply, format, {
      origin: originOf(request, publicUrl),
      page: `/tags/${path}`,
      address: `/feed/tags/${path}`,
      title: `#${tag}`,
      posts: items,
    })
  })

  app.get<{ Params: { id: string } }>('/embed/:id', async (request, reply) => {
    // Frames are for everybody; which pages may hold this one is said by its policy.
    reply.removeHeader('x-frame-options').headers(embedHeaders(mediaOrigins))
    try {
      const post = await asVisitor(app, request).posts.get({
        params: { post_id: request.params.id as PostId },
      })
      return await sendTagged(request, reply, embedPage(post, originOf(request, publicUrl)))
    } catch (error) {
      if (!(error instanceof TintypeError) || error.code !== 'not_found') throw error
      return reply.code(404).header('cache-control', 'no-cache').send(embedGone())
    }
  })

  app.get<{ Querystring: Record<string, unknown> }>('/api/oembed', async (request, reply) => {
    const { url, format = 'json', maxwidth, maxheight } = request.query
    if (format !== 'json') return reply.code(501).send()
    const origin = originOf(request, publicUrl)
    const id = typeof url === 'string' ? postAt(url, origin) : undefined
    if (id === undefined) throw new TintypeError('not_found')
    const post = await asVisitor(app, request).posts.get({ params: { post_id: id } })
    const room = { maxwidth: pixels(maxwidth), maxheight: pixels(maxheight) }
    return sendTagged(
      request,
      reply.type('application/json; charset=utf-8').header('access-control-allow-origin', '*'),
      JSON.stringify(oembedOf(post, origin, room)),
    )
  })

  app.get('/sitemap.xml', async (request, reply) => {
    const map = await sitemap(asVisitor(app, request), originOf(request, publicUrl))
    return sendTagged(request, reply.type('application/xml; charset=utf-8'), map)
  })
}

/** `ana.atom`, `ana.json`: of what, and how. */
function feedFile(file: string): [name: string, format: FeedFormat] {
  const [, name, format] = /^(.+)\.(atom|json)$/.exec(file) ?? []
  if (name === undefined) throw new TintypeError('not_found')
  return [name, format as FeedFormat]
}

const pixels = (value: unknown): number | undefined => {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : undefined
}

const sendFeed = (request: FastifyRequest, reply: FastifyReply, format: FeedFormat, feed: FeedOf) =>
  sendTagged(request, reply.type(feedTypes[format]), feedOf(feed, format))

/** Readers ask every hour whether there is something new; mostly there is not. */
function sendTagged(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  reply.header('etag', tag).header('cache-control', 'no-cache')
  const known = request.headers['if-none-match']?.split(/,\s*/)
  return known?.some((one) => one.replace(/^W\//, '') === tag) ? reply.code(304).send() : reply.send(body)
}
