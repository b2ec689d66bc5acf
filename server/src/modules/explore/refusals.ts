import type { Page, PostId, UserId, UserListEntry } from '@tintype/contract'
import { idCursor, pageOf } from '../../kit/cursor.ts'
import type { ExploreDeps } from './deps.ts'
import * as store from './refusal-store.ts'

/** What members say they do not want to see. Nobody is told. */
export class Refusals {
  readonly #deps: Pick<ExploreDeps, 'db' | 'clock' | 'graph' | 'posts'>

  constructor(deps: Pick<ExploreDeps, 'db' | 'clock' | 'graph' | 'posts'>) {
    this.#deps = deps
  }

  async refusePost(viewerId: UserId, postId: PostId): Promise<{ not_interested: true }> {
    await this.#deps.posts.findVisible(viewerId, postId)
    await this.#add(viewerId, 'post', postId)
    return { not_interested: true }
  }

  async allowPost(viewerId: UserId, postId: PostId): Promise<{ not_interested: false }> {
    await this.#deps.posts.findVisible(viewerId, postId)
    await store.removeRefusal(this.#deps.db.query, { user_id: viewerId, kind: 'post', subject_id: postId })
    return { not_interested: false }
  }

  async hideAuthor(viewerId: UserId, username: string): Promise<{ hidden: true }> {
    const { user_id } = await this.#deps.graph.visibleMember(viewerId, username)
    await this.#add(viewerId, 'author', user_id)
    return { hidden: true }
  }

  async showAuthor(viewerId: UserId, username: string): Promise<{ hidden: false }> {
    const { user_id: subject_id } = await this.#deps.graph.visibleMember(viewerId, username)
    await store.removeRefusal(this.#deps.db.query, { user_id: viewerId, kind: 'author', subject_id })
    return { hidden: false }
  }

  async dismissSuggestion(viewerId: UserId, username: string): Promise<void> {
    const { user_id } = await this.#deps.graph.visibleMember(viewerId, username)
    await this.#add(viewerId, 'person', user_id)
  }

  /** Last hidden first; all of them are few. */
  async hiddenAuthors(
    viewerId: UserId,
    { cursor, limit = 20 }: { cursor?: string; limit?: number },
  ): Promise<Page<UserListEntry>> {
    const { db, graph } = this.#deps
    const { authors } = await store.readRefusals(db.query, viewerId)
    const entries = await graph.listEntries(viewerId, authors)
    const after = idCursor<UserId>('hidden', cursor)
    const from = after === undefined ? 0 : authors.indexOf(after) + 1
    const left = authors.slice(from).flatMap((id) => entries.get(id) ?? [])
    return pageOf('hidden', left, limit, (entry) => [entry.user_id])
  }

  async #add(user_id: UserId, kind: store.RefusalKind, subject_id: string): Promise<void> {
    const { db, clock } = this.#deps
    await store.addRefusal(db.query, { user_id, kind, subject_id }, new Date(clock.now()))
  }
}
