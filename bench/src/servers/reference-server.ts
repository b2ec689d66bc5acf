import { openSql } from '@tintype/testkit/sql'
import Fastify, { type FastifyInstance } from 'fastify'
import type { ReferenceOrder } from './references.ts'

/** A process of its own that answers in one way only; what it is to do comes as its first message. */
process.once('message', async (order: ReferenceOrder) => {
  const app = Fastify()
  routesOf[order.kind](app, order)
  await app.listen({ host: order.host, port: order.port })
  process.send?.('ready')
})

const json = 'application/json; charset=utf-8'

const routesOf: Record<ReferenceOrder['kind'], (app: FastifyInstance, order: ReferenceOrder) => void> = {
  /** The least a Node server can do: the same bytes, again and again. */
  constant(app, { body }) {
    app.get('/', (_request, reply) => reply.type(json).send(body))
  },
  /** One object of 20 posts, made to text for each request. */
  serialise(app, { body }) {
    const page: unknown = JSON.parse(body)
    app.get('/', (_request, reply) => reply.type(json).send(JSON.stringify(page)))
  },
  /** What a good engineer writes at first: one prepared statement that brings a page with all that belongs to it. */
  query(app, { databaseUrl }) {
    const sql = openSql(databaseUrl, { max: 10 })
    app.get<{ Querystring: { user: string } }>('/', async ({ query }, reply) => {
      const rows = await sql.unsafe(pageQuery, [query.user], { prepare: true })
      return reply.type(json).send(JSON.stringify({ success: true, data: rows }))
    })
  },
  /** One row of a like, durable when it is acknowledged. */
  insert(app, { databaseUrl }) {
    const sql = openSql(databaseUrl, { max: 10 })
    app.post<{ Body: { post_id: string; user_id: string; like_id: string } }>(
      '/',
      async ({ body }, reply) => {
        await sql.unsafe(likeInsert, [body.post_id, body.user_id, body.like_id], { prepare: true })
        return reply.type(json).send('{"success":true}')
      },
    )
  },
}

const likeInsert =
  'insert into bench.reference_likes (post_id, user_id, like_id) values ($1, $2, $3) on conflict do nothing'

const pageQuery = `
  with page as (select post_id from timeline_entries where user_id = $1 order by post_id desc limit 20)
  select p.post_id, p.caption, p.facets, p.location, p.comments_from, p.created_at, p.edited_at,
    u.user_id, u.username, u.full_name, u.is_private, u.avatar_media_id,
    coalesce(c.likes_count, 0) as likes_count, coalesce(c.comments_count, 0) as comments_count,
    exists (select from likes l where l.post_id = p.post_id and l.user_id = $1) as liked,
    exists (select from saves s where s.user_id = $1 and s.post_id = p.post_id) as saved,
    exists (select from following f where f.follower_id = $1 and f.followee_id = p.author_id) as following,
    pictures.media
  from page join posts p using (post_id) join users u on u.user_id = p.author_id left join post_counters c using (post_id)
  cross join lateral (
    select json_agg(json_build_object('media_id', m.media_id, 'alt_text', item ->> 'alt_text', 'width', m.width,
      'height', m.height, 'thumbhash', m.thumbhash, 'dominant_color', m.dominant_color, 'variants', m.renditions)) as media
    from jsonb_array_elements(p.media) item join media m on m.media_id = (item ->> 'media_id')::uuid) pictures
  order by p.post_id desc`
