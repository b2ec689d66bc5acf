import type { StoryId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { StoriesReader } from './reader.ts'
import type { StoryShow } from './show.ts'
import { ownViews } from './view-store.ts'

/** What other modules ask of stories. */
export class StoriesFace {
  readonly #deps: { db: Db; reader: Pick<StoriesReader, 'findVisible'> }
  readonly #show: StoryShow

  constructor(deps: { db: Db; reader: Pick<StoriesReader, 'findVisible'> }, show: StoryShow) {
    this.#deps = deps
    this.#show = show
  }

  /** Whose it is, and whether the viewer may answer it in a message; rejects with `not_found` where they do not see it. */
  async forReply(viewerId: UserId, id: StoryId): Promise<{ author_id: UserId; can_reply: boolean }> {
    const story = await this.#deps.reader.findVisible(viewerId, id)
    const [shown] = await this.#show.show(viewerId, [story])
    return { author_id: story.author_id, can_reply: shown?.viewer.can_reply ?? false }
  }

  /** How somebody reacted to it; null where they did not, or it is gone. */
  async reactionOf(id: StoryId, userId: UserId): Promise<string | null> {
    const [view] = await ownViews(this.#deps.db.query, userId, [id])
    return view?.reaction ?? null
  }
}
