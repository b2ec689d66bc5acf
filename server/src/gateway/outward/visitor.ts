import { type ClientOf, clientOf, routes } from '@tintype/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { askWithin } from '../ask-within.ts'

const { feed, members, posts } = routes
export type VisitorApi = ClientOf<{ feed: typeof feed; members: typeof members; posts: typeof posts }>

/** The API as a visitor from where this request comes would find it. Rejects with what it answers: 404, 429, 503. */
export const asVisitor = (app: FastifyInstance, request: FastifyRequest): VisitorApi =>
  clientOf(
    { feed, members, posts },
    {
      fetch: async (url) => {
        const reply = await askWithin(app, request, String(url), { asVisitor: true })
        return new Response(reply.body, { status: reply.statusCode })
      },
    },
  )
