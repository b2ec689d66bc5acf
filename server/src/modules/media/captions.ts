import { createHash } from 'node:crypto'
import { type Body, type MediaId, type Routes, TintypeError, type UserId } from '@tintype/contract'
import type { MediaDeps } from './deps.ts'
import * as store from './store.ts'
import { cleanCaptions, wordsOf } from './vtt.ts'

/** What is said in films of posts, as their owners wrote it down. */
export class Captions {
  readonly #deps: Pick<MediaDeps, 'db' | 'outbox' | 'words'>

  constructor(deps: Pick<MediaDeps, 'db' | 'outbox' | 'words'>) {
    this.#deps = deps
  }

  /** In the place of those there were. Rejects with `not_found`, `captions_invalid` or `words_refused`. */
  async set(ownerId: UserId, id: MediaId, body: Body<Routes['media']['setCaptions']>): Promise<void> {
    const vtt = cleanCaptions(body.text)
    await this.#deps.words.assertFree(wordsOf(vtt))
    const hash = createHash('sha256').update(`${body.language} ${vtt}`).digest('hex').slice(0, 8)
    await this.#change(ownerId, id, { language: body.language, name: `captions-${hash}.vtt`, vtt })
  }

  remove(ownerId: UserId, id: MediaId): Promise<void> {
    return this.#change(ownerId, id, null)
  }

  async #change(ownerId: UserId, id: MediaId, captions: store.NewCaptions | null): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const film = await store.setCaptions(tx, { media_id: id, owner_id: ownerId, captions })
      if (!film) throw new TintypeError('not_found')
      const subject = store.subjectOf(film)
      const payload = { media_ids: [id], ...(subject && { subject }) }
      await outbox.append(tx, [{ type: 'media.refined', payload }])
    })
  }
}
