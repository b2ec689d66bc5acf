import { type PostId, type Sound, TintypeError, type UserId } from '@tintype/contract'
import type { PostRecord } from '../posts/api.ts'
import type { ReelDeps } from './deps.ts'

/** The sounds of reels, each named by the reel it was made with. Who may not see that hears nothing of it. */
export class Sounds {
  readonly #deps: Pick<ReelDeps, 'posts' | 'people' | 'media'>

  constructor(deps: Pick<ReelDeps, 'posts' | 'people' | 'media'>) {
    this.#deps = deps
  }

  /** Those that the viewer may use, by the reels that they were made with. */
  async of(viewerId: UserId | null, ids: readonly PostId[]): Promise<Map<PostId, Sound>> {
    const { posts, people, media } = this.#deps
    const origins = [...(await posts.visible(viewerId, ids)).values()].filter(sharesSound)
    const [authors, films] = await Promise.all([
      people.summaries([...new Set(origins.map((post) => post.author_id))]),
      media.views(origins.flatMap((post) => post.media.map((item) => item.media_id))),
    ])
    const sounds = origins.flatMap(({ post_id, author_id, media: [item] }): Sound[] => {
      const [user, film] = [authors.get(author_id), item && films.get(item.media_id)]
      if (!user || film?.type !== 'video' || !film.has_sound) return []
      return [{ sound_id: post_id, user, url: film.url, duration_ms: film.duration_ms }]
    })
    return new Map(sounds.map((sound) => [sound.sound_id, sound]))
  }

  async find(viewerId: UserId | null, id: PostId): Promise<Sound> {
    await this.#deps.posts.findVisible(viewerId, id)
    const sound = (await this.of(viewerId, [id])).get(id)
    if (!sound) throw new TintypeError('not_found')
    return sound
  }
}

const sharesSound = ({ status, reel }: PostRecord): boolean =>
  status === 'published' && reel?.shares_sound === true
