import { buffer } from 'node:stream/consumers'
import type { MediaId } from '@tintype/contract'
import type { MediaDeps } from './deps.ts'
import { readReady } from './store.ts'
import type { SmallPictures } from './thumbnail.ts'

type Deps = Pick<MediaDeps, 'db' | 'objectStore'> & { small: Pick<SmallPictures, 'hash'> }

/** What pictures look like that were made before; of films, the still. */
export class PictureHashes {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Those that can be told by it. */
  readonly of = async (ids: readonly MediaId[]): Promise<Map<MediaId, string>> => {
    const { db, objectStore, small } = this.#deps
    const hashes = new Map<MediaId, string>()
    for (const media of await readReady(db.query, ids)) {
      if (media.kind === 'voice') continue
      const [rendition] = media.renditions.toSorted((a, b) => a.size - b.size)
      const hash = rendition && (await small.hash(await buffer((await objectStore.get(rendition.key)).body)))
      if (hash) hashes.set(media.media_id, hash)
    }
    return hashes
  }
}
