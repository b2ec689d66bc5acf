import {
  type Downloadable,
  type MediaId,
  type PostId,
  type Rendition,
  type Routes,
  TintypeError,
  type UntitledMedia,
  type UserId,
} from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { PostsReader } from './reader.ts'

export interface DownloadDeps {
  posts: Pick<PostsReader, 'findVisible'>
  members: { usernames(ids: readonly UserId[]): Promise<Map<UserId, string>> }
  media: { views(ids: readonly MediaId[]): Promise<Map<MediaId, UntitledMedia>> }
}

/** Photographs of published posts, where their authors let others take them along. */
export function downloadHandlers(deps: DownloadDeps): Handlers<Routes['downloads']> {
  return { ofPost: ({ viewer, params }) => downloadsOf(deps, viewer?.user_id ?? null, params.post_id) }
}

async function downloadsOf(
  { posts, members, media }: DownloadDeps,
  viewerId: UserId | null,
  id: PostId,
): Promise<Downloadable[]> {
  const post = await posts.findVisible(viewerId, id)
  const { author_id, created_at, downloads_allowed } = post
  if (post.status !== 'published' || !(downloads_allowed || author_id === viewerId))
    throw new TintypeError('download_refused')
  const ids = post.media.map((item) => item.media_id)
  const [names, pictures] = await Promise.all([members.usernames([author_id]), media.views(ids)])
  return ids.flatMap((media_id, at) => {
    const picture = pictures.get(media_id)
    const best = picture?.type === 'photo' ? bestOf(picture.variants) : undefined
    if (!best) return []
    const kind = best.content_type.replace('image/', '')
    const filename = `${names.get(author_id)}-${created_at.slice(0, 10)}-${at + 1}.${kind}`
    return [{ media_id, filename, ...best }]
  })
}

/** The largest; of those of one size the one that every program opens. */
const bestOf = (variants: readonly Rendition[]): Rendition | undefined =>
  [...variants].sort((a, b) => b.width - a.width || rankOf(a) - rankOf(b))[0]

const rankOf = ({ content_type }: Rendition): number =>
  ['image/jpeg', 'image/webp'].includes(content_type) ? 0 : 1
