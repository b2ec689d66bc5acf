import {
  type LinkId,
  type Media,
  type MediaId,
  type SubjectRef,
  TintypeError,
  type UserId,
  type UserSummary,
} from '@tintype/contract'
import type { PostRecord } from '../posts/api.ts'
import type { LinksDeps } from './deps.ts'
import type { LinkRow } from './store.ts'
import * as store from './store.ts'

/** Tries at one link, from wherever they come. */
const TRIES = { burst: 30, per: 3600 }

type Target = Pick<LinkRow, 'owner_id' | 'post_id' | 'expires_at'>

/** What is shown through a link: the post without what others did with it. */
export interface Opened {
  author: UserSummary
  post: PostRecord
  media: Media[]
}

/** What people without an account do with links. Whether one opens is asked each time, never kept. */
export class Opening {
  readonly #deps: Pick<
    LinksDeps,
    'db' | 'rateLimiter' | 'clock' | 'members' | 'people' | 'posts' | 'media' | 'passwords'
  >

  constructor(deps: LinksDeps) {
    this.#deps = deps
  }

  /** Does it show what this picture is attached to? */
  async opens(id: LinkId, subject: SubjectRef): Promise<boolean> {
    if (subject.kind !== 'post') return false
    const link = await store.readLink(this.#deps.db.query, id)
    return link?.post_id === subject.id && (await this.working([link])).length > 0
  }

  /** Those that show their post now. */
  async working<Link extends Target>(links: readonly Link[]): Promise<Link[]> {
    const { posts, members, clock } = this.#deps
    const [records, owners] = await Promise.all([
      posts.records(links.map(({ post_id }) => post_id)),
      members.privacyFlags([...new Set(links.map(({ owner_id }) => owner_id))]),
    ])
    return links.filter(({ owner_id, post_id, expires_at }) => {
      const [post, owner] = [records.get(post_id), owners.get(owner_id)]
      const isOver = expires_at !== null && expires_at.getTime() <= clock.now()
      return !isOver && isShown(post, owner_id) && owner !== undefined && !owner.is_silenced
    })
  }

  /** A link that opens; undefined where it does not, for whatever reason. */
  async find(id: LinkId): Promise<LinkRow | undefined> {
    const link = await store.readLink(this.#deps.db.query, id)
    return link && (await this.working([link]))[0]
  }

  /** Throws `rate_limited` where too many were tried. */
  async admits({ link_id, password_hash }: LinkRow, password: string): Promise<boolean> {
    if (password_hash === null) return true
    const { rateLimiter, passwords } = this.#deps
    const { granted, retryAfter } = await rateLimiter.take(`private_link:${link_id}`, TRIES)
    if (!granted) throw new TintypeError('rate_limited', { details: { retry_after: Math.ceil(retryAfter) } })
    return passwords.verify(password_hash, password)
  }

  /** Undefined where it is gone meanwhile. */
  async show({ link_id, owner_id, post_id }: LinkRow): Promise<Opened | undefined> {
    const { posts, people, media, db } = this.#deps
    const post = (await posts.records([post_id])).get(post_id)
    const author = (await people.summaries([owner_id])).get(owner_id)
    if (!post || !isShown(post, owner_id) || !author) return undefined
    const pictures = await media.shared(post.media.map(mediaIdOf), link_id)
    await store.countOpening(db.query, link_id)
    return {
      author,
      post,
      media: post.media.flatMap(({ media_id, alt_text }) => {
        const picture = pictures.get(media_id)
        return picture ? [{ ...picture, alt_text }] : []
      }),
    }
  }
}

export const mediaIdOf = ({ media_id }: { media_id: MediaId }) => media_id

const isShown = (post: Pick<PostRecord, 'author_id' | 'status'> | undefined, ownerId: UserId) =>
  post?.author_id === ownerId && post.status === 'published'
