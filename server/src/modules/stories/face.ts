import type { StoryId, UploadId, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Posting } from './posting.ts'
import type { StoriesReader } from './reader.ts'
import type { StoryShow } from './show.ts'
import type { StoryRecord } from './store.ts'
import { ownViews } from './view-store.ts'

export interface FaceDeps {
  db: Db
  reader: Pick<StoriesReader, 'findVisible' | 'records'>
  posting: Pick<Posting, 'post'>
}

/** What other modules ask of stories. */
export class StoriesFace {
  readonly #deps: FaceDeps
  readonly #show: StoryShow

  constructor(deps: FaceDeps, show: StoryShow) {
    this.#deps = deps
    this.#show = show
  }

  /** Whose it is, and whether the viewer may answer it in a message; rejects with `not_found` where they do not see it. */
  async forReply(viewerId: UserId, id: StoryId): Promise<{ author_id: UserId; can_reply: boolean }> {
    const story = await this.#deps.reader.findVisible(viewerId, id)
    const [shown] = await this.#show.show(viewerId, [story])
    return { author_id: story.author_id, can_reply: shown?.viewer.can_reply ?? false }
  }

  /** One that was made elsewhere, at the time that its id says: in its author's archive from the beginning. */
  async importStory(
    authorId: UserId,
    id: StoryId,
    story: { upload_id: UploadId; alt_text: string; audience: StoryRecord['audience'] },
  ): Promise<void> {
    await this.#deps.posting.post(authorId, { ...story, replies: 'off' }, id, true)
  }

  /** What became of stories; absent: gone. */
  async statuses(
    ids: readonly StoryId[],
  ): Promise<Map<StoryId, Pick<StoryRecord, 'status' | 'failure_code'>>> {
    return this.#deps.reader.records(ids)
  }

  /** How somebody reacted to it; null where they did not, or it is gone. */
  async reactionOf(id: StoryId, userId: UserId): Promise<string | null> {
    const [view] = await ownViews(this.#deps.db.query, userId, [id])
    return view?.reaction ?? null
  }
}
