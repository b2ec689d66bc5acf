import { type LiveId, limits, type PostId, TintypeError, type UploadId, type UserId } from '@tintype/contract'
import { ReadyJson } from '../../gateway/binding.ts'
import { newId } from '../../kit/ids.ts'
import type { LiveDeps } from './deps.ts'
import { type LiveRecord, nameReplay, setReplay } from './live-store.ts'
import type { LiveReader } from './reader.ts'
import type { Recording } from './recording.ts'

type ReplaysDeps = Pick<LiveDeps, 'db' | 'outbox' | 'clock' | 'posts' | 'show' | 'media'> & {
  reader: LiveReader
  recording: Recording
  /** Sends to a live of this process nothing more. */
  close(id: LiveId): void
}

/** What was recorded, kept as an ordinary video post. */
export class Replays {
  readonly #deps: ReplaysDeps
  readonly #making = new Map<LiveId, Promise<void>>()

  constructor(deps: ReplaysDeps) {
    this.#deps = deps
  }

  /** Twice is once, also at once: it is the same post. Its pieces are given up once that has them. */
  async keep(
    hostId: UserId,
    id: LiveId,
    caption: string | undefined,
    reservedId?: string,
  ): Promise<ReadyJson> {
    const { db, clock, reader } = this.#deps
    const live = await reader.findOwn(hostId, id)
    // What moderators took from view does not come back as a post.
    if (live.removed) throw new TintypeError('live_no_recording')
    if (live.status !== 'ended') throw new TintypeError('live_not_ended')
    if (live.replay_post_id) return this.#shown(hostId, live.replay_post_id)
    const name = (reservedId as PostId | undefined) ?? newId<PostId>(clock)
    const post_id = await nameReplay(db.query, id, name)
    if (!post_id) throw new TintypeError('not_found')
    const making =
      this.#making.get(id) ??
      this.#make(live, post_id, caption ?? live.title).finally(() => this.#making.delete(id))
    this.#making.set(id, making)
    await making
    return this.#shown(hostId, post_id)
  }

  async #make({ live_id, host_id }: LiveRecord, post_id: PostId, caption: string): Promise<void> {
    const { db, outbox, posts, media, recording, close } = this.#deps
    close(live_id)
    await recording.settled(live_id)
    const films = (await recording.films(live_id)).slice(0, limits.carousel)
    const upload_ids: UploadId[] = []
    for (const body of films)
      upload_ids.push(await media.receiveFile(host_id, { body, contentType: 'video/mp4' }))
    await posts.confirmPost(host_id, { upload_ids, ...(caption ? { caption } : {}) }, post_id)
    await db.tx(async (tx) => {
      await setReplay(tx, live_id, post_id)
      await outbox.append(tx, [{ type: 'live.changed', payload: { live_id, host_id } }])
    })
    await recording.drop(live_id)
  }

  async #shown(hostId: UserId, id: PostId): Promise<ReadyJson> {
    const [post] = await this.#deps.show(hostId, [id])
    if (!post) throw new TintypeError('not_found')
    return new ReadyJson(post.json)
  }
}
