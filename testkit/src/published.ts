import type { MediaId, PostId, UserId } from '@tintype/contract'
import type { Tx } from '@tintype/server/engines/db/port'
import { newId } from '@tintype/server/kit/ids'
import { insertMedia, setReady } from '@tintype/server/modules/media/store'
import { captionFacets } from '@tintype/server/modules/posts/policy'
import { insertPost, publishPost } from '@tintype/server/modules/posts/store'
import type { Person } from './person.ts'
import type { TestSystem } from './system.ts'

/** What processing would have found; no file stands behind it. */
const outcome = {
  width: 16,
  height: 16,
  thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
  dominant_color: '#808080',
  renditions: [
    { name: '16.webp', key: 'media/none/0.webp', width: 16, height: 16, content_type: 'image/webp', size: 1 },
  ],
}

/**
 * Posts that stand published at once, one per caption (its hashtags count, mentions do not): written by the stores' own
 * functions, without a picture's way through the system, for tests that need many. What comes of a post comes of these.
 */
export async function publish(
  { engines, clock }: TestSystem,
  author: Person,
  captions: readonly string[],
): Promise<PostId[]> {
  const now = new Date(clock.now())
  return engines.db.tx(async (tx) => {
    const posts: PostId[] = []
    for (const caption of captions) {
      const post_id = newId<PostId>(clock)
      await write(tx, { post_id, author_id: author.id, caption, now })
      posts.push(post_id)
    }
    const told = posts.map((post_id) => ({
      type: 'post.published' as const,
      payload: { post_id, author_id: author.id, mentioned_ids: [] },
    }))
    await engines.events.append(tx, told)
    return posts
  })
}

async function write(
  tx: Tx,
  { post_id, author_id, caption, now }: { post_id: PostId; author_id: UserId; caption: string; now: Date },
): Promise<void> {
  const media_id = newId<MediaId>({ now: () => now.getTime() })
  const facets = captionFacets(caption).flatMap((facet) => (facet.type === 'hashtag' ? [facet] : []))
  await insertMedia(tx, [
    {
      media_id,
      owner_id: author_id,
      post_id,
      original_key: 'none',
      original_type: 'image/png',
      original_sha256: 'none',
      edit: {},
      recipe: 'none',
      created_at: now,
    },
  ])
  await setReady(tx, media_id, outcome)
  const post = {
    post_id,
    author_id,
    status: 'processing' as const,
    failure_code: null,
    media: [{ media_id, alt_text: '' }],
    caption,
    facets,
    location: null,
    comments_enabled: true,
    created_at: now,
    edited_at: null,
  }
  await insertPost(tx, post)
  const tags = [...new Set(facets.map((facet) => facet.tag))]
  await publishPost(tx, post, now.toISOString().slice(0, 10), tags)
}
