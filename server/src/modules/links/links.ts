import {
  type LinkId,
  type NewPrivateLink,
  type PostId,
  type PrivateLink,
  privateLinkLimits,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { idTime, newId } from '../../kit/ids.ts'
import type { Addresses } from './addresses.ts'
import type { LinksDeps } from './deps.ts'
import { mediaIdOf, type Opening } from './opening.ts'
import type { LinkRow } from './store.ts'
import * as store from './store.ts'

/** Seconds that a link is still listed after it has expired. */
const LISTED_AFTER = 30 * 24 * 3600

/** What members do with their private links. */
export class PrivateLinks {
  readonly #deps: LinksDeps & { addresses: Addresses; opening: Opening }

  constructor(deps: LinksDeps & { addresses: Addresses; opening: Opening }) {
    this.#deps = deps
  }

  async create(
    owner_id: UserId,
    post_id: PostId,
    { password, expires_in }: NewPrivateLink,
  ): Promise<PrivateLink> {
    const { db, clock, posts, passwords } = this.#deps
    const post = (await posts.records([post_id])).get(post_id)
    if (post?.author_id !== owner_id) throw new TintypeError('not_found')
    if (post.status !== 'published') throw new TintypeError('link_refused')
    const row = {
      owner_id,
      link_id: newId<LinkId>(clock),
      post_id,
      password_hash: password === undefined ? null : await passwords.hash(password),
      expires_at: expires_in === undefined ? null : new Date(clock.now() + expires_in * 1000),
    }
    await db.tx(async (tx) => {
      if ((await store.lockLinks(tx, owner_id)) >= privateLinkLimits.perMember)
        throw new TintypeError('too_many_links')
      await store.addLink(tx, row)
    })
    const [made] = await this.#show(owner_id, [{ ...row, opened_count: 0 }])
    if (!made) throw new TintypeError('not_found')
    return made
  }

  async list(ownerId: UserId): Promise<PrivateLink[]> {
    return this.#show(ownerId, await store.linksOf(this.#deps.db.query, ownerId))
  }

  async revoke(ownerId: UserId, id: LinkId): Promise<void> {
    if (!(await store.dropLink(this.#deps.db.query, ownerId, id))) throw new TintypeError('not_found')
  }

  dropOfPost(postId: PostId): Promise<void> {
    return store.dropOfPost(this.#deps.db.query, postId)
  }

  erase(member: UserId): Promise<void> {
    return store.dropOfMember(this.#deps.db.query, member)
  }

  dropExpired(): Promise<void> {
    const { db, clock } = this.#deps
    return store.dropExpired(db.query, new Date(clock.now() - LISTED_AFTER * 1000))
  }

  /** Those of posts that are gone are left out. */
  async #show(ownerId: UserId, links: readonly LinkRow[]): Promise<PrivateLink[]> {
    const { posts, media, addresses, opening } = this.#deps
    const records = await posts.records([...new Set(links.map(({ post_id }) => post_id))])
    const firsts = [...records.values()].flatMap((post) => post.media.slice(0, 1).map(mediaIdOf))
    const [pictures, working] = await Promise.all([
      media.views(firsts, ownerId),
      opening.working(links).then((some) => new Set(some.map(({ link_id }) => link_id))),
    ])
    return links.flatMap(({ link_id, post_id, password_hash, expires_at, opened_count }) => {
      const post = records.get(post_id)
      const first = post?.media[0] && pictures.get(post.media[0].media_id)
      if (!post) return []
      return {
        link_id,
        path: addresses.pathOf(link_id),
        post_id,
        picture: first?.variants.at(-1)?.url ?? null,
        caption: post.caption,
        has_password: password_hash !== null,
        expires_at: expires_at?.toISOString() ?? null,
        works: working.has(link_id),
        opened_count,
        created_at: new Date(idTime(link_id)).toISOString(),
      }
    })
  }
}
