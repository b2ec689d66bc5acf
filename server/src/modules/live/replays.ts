import { type LiveId, limits, type PostId, TintypeError, type UploadId, type UserId } from '@tintype/contract'
import { ReadyJson } from '../../gateway/binding.ts'
import { newId } from '../../kit/ids.ts'
import type { LiveDeps } from './deps.ts'
import { setReplay } from './live-store.ts'
import type { LiveReader } from './reader.ts'
import type { Recording } from './recording.ts'

type ReplaysDeps = Pick<LiveDeps, 'db' | 'outbox' | 'clock' | 'posts' | 'show' | 'media'> & {
  reader: LiveReader
  recording: Recording
}

/** What was recorded, kept as an ordinary video post. */
export class Replays {
  readonly #deps: ReplaysDeps

  constructor(deps: ReplaysDeps) {
    this.#deps = deps
  }

  /** Twice is once: it is the same post. Its pieces are given up once that has them. */
  async keep(
    hostId: UserId,
    id: LiveId,
    caption: string | undefined,
    reservedId?: string,
  ): Promise<ReadyJson> {
    const { db, outbox, clock, posts, media, reader, recording } = this.#deps
    const live = await reader.findOwn(hostId, id)
    if (live.status !== 'ended') throw new TintypeError('live_not_ended')
    if (live.replay_post_id) return this.#shown(hostId, live.replay_post_id)
    await recording.settled(id)
    const films = (await recording.films(id)).slice(0, limits.carousel)
    const upload_ids: UploadId[] = []
    for (const body of films)
      upload_ids.push(await media.receiveFile(hostId, { body, contentType: 'video/mp4' }))
    const text = caption ?? live.title
    const { post } = await posts.confirmPost(
      hostId,
      { upload_ids, ...(text ? { caption: text } : {}) },
      reservedId ?? newId<PostId>(clock),
    )
    await db.tx(async (tx) => {
      if (!(await setReplay(tx, id, post.post_id))) return
      await outbox.append(tx, [{ type: 'live.changed', payload: { live_id: id, host_id: hostId } }])
    })
    await recording.drop(id)
    return this.#shown(hostId, post.post_id)
  }

  async #shown(hostId: UserId, id: PostId): Promise<ReadyJson> {
    const [post] = await this.#deps.show(hostId, [id])
    if (!post) throw new TintypeError('not_found')
    return new ReadyJson(post.json)
  }
}
