import type { Post, PostId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { announcePost } from '../../data/posts.ts'
import { writeStored } from '../../data/storage.ts'
import { uploads } from '../../data/uploads.ts'
import { decodeMedia } from '../../things/composing/decode-media.ts'
import { browserNetwork } from '../../upload/network.ts'
import type { Uploads } from '../../upload/uploads.ts'
import { DraftShelf } from './draft/draft-shelf.ts'
import { thumbnailOf } from './preview/thumbnail.ts'
import { publications } from './publishing/publication.ts'
import { Publisher } from './publishing/publisher.ts'
import { ComposerSession } from './session.ts'

const shelf = new DraftShelf()
const announced = new Set<PostId>()

/** Once to the top of the lists; after that only the thing itself changes. */
function showPost(post: Post): void {
  if (announced.has(post.post_id)) return void ingestPosts([post])
  announced.add(post.post_id)
  announcePost(post)
}

export interface Composer {
  session: ComposerSession
  publisher: Publisher
  uploads: Uploads
}

/**
 * Tells the next visit that a post was still on its way, so that the composer is loaded to go on with it; without the mark
 * it need not even be asked for.
 */
const markSharing = (isSharing: boolean) => writeStored('tintype.sharing', isSharing ? '1' : null)

/** All that the composer of one member needs, wired to the browser. */
export function createComposer(ownerId: string): Composer {
  const publisher = new Publisher({
    client: api,
    uploads,
    network: browserNetwork,
    publications,
    onPost: showPost,
    keep: (draft, sharing) => {
      if (sharing) markSharing(true)
      void session.keep(draft, sharing)
    },
    forget: (draftId) => {
      void shelf.forget(draftId)
      if (publications.get().every(({ stage }) => stage === 'published')) markSharing(false)
    },
  })
  const session = new ComposerSession({
    uploads,
    publisher,
    shelf,
    decode: decodeMedia,
    thumbnail: thumbnailOf,
    ownerId,
    now: () => Date.now(),
  })
  return { session, publisher, uploads }
}
