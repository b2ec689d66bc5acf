import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { Db } from '../engines/db/port.ts'
import { type CookiePolicy, readCookie, writePositionCookie } from './credentials.ts'

/** Names where the caller wrote last, on the reply to what writes and on the request that reads. */
export const POSITION_HEADER = 'tintype-position'
/** Seconds for which it is of use: what is later than that is read by nobody. */
const KEPT = 60
/** Members of whom this process remembers it: apps that do not say themselves. */
const MEMBERS = 10_000
/** Nothing has come so far: the primary answers. */
const FURTHEST = 'FFFFFFFF/FFFFFFFF'

export interface Positions {
  /** What `work` reads may be late, but not older than what the caller wrote. */
  reading<T>(request: FastifyRequest, work: () => T): T
  /** Tells the caller where they wrote. */
  written(request: FastifyRequest, reply: FastifyReply): Promise<void>
}

/** Undefined where nothing is read late. */
export function positionsOf(
  db: Pick<Db, 'isReplicated' | 'lately' | 'position'> | undefined,
  cookies: CookiePolicy,
): Positions | undefined {
  if (!db?.isReplicated) return undefined
  const members = new LRUCache<string, string>({ max: MEMBERS, ttl: KEPT * 1000 })
  return {
    reading(request, work) {
      const { viewer, headers, ip } = request
      const named = headers[POSITION_HEADER]
      const positions = [
        viewer ? members.get(viewer.user_id) : undefined,
        typeof named === 'string' ? named : undefined,
        readCookie(cookies, request, 'position'),
      ]
      return db.lately({ key: viewer?.user_id ?? ip, positions }, work)
    },
    async written(request, reply) {
      // What was written stands, also where that cannot be asked any more.
      const position = await db.position().catch(() => FURTHEST)
      if (position === undefined) return
      if (request.viewer) members.set(request.viewer.user_id, position)
      reply.header(POSITION_HEADER, position)
      if (readCookie(cookies, request, 'access') !== undefined)
        writePositionCookie(cookies, reply, position, KEPT)
    },
  }
}
