import { normalizeTag, type PostId, TintypeError, type UserId } from '@tintype/contract'
import { bind, ReadyJson, type RouteBinding } from '../../gateway/binding.ts'
import { type FormFile, readPostForm } from './form.ts'
import type { PostsService } from './service.ts'

export interface PostRouteDeps {
  posts: Pick<PostsService, 'confirmPost' | 'editPost' | 'deletePost' | 'findTags'>
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<{ json: string }[]>
  /** Stores one file of a form as a finished upload of the member's. */
  receiveFile: FormFile
}

export function postRoutes({ posts, show: showPosts, receiveFile }: PostRouteDeps): RouteBinding[] {
  const show = async (viewerId: UserId | null, id: PostId): Promise<ReadyJson> => {
    const [post] = await showPosts(viewerId, [id])
    if (!post) throw new TintypeError('not_found')
    return new ReadyJson(post.json)
  }
  return [
    bind('confirmPost', async ({ viewer, body, reservedId }) =>
      show(viewer.user_id, await posts.confirmPost(viewer.user_id, body, reservedId)),
    ),
    bind('createPost', async ({ viewer, request, reservedId }) => {
      const body = await readPostForm(request, viewer.user_id, receiveFile)
      return show(viewer.user_id, await posts.confirmPost(viewer.user_id, body, reservedId))
    }),
    bind('findHashtags', ({ viewer, query }) =>
      posts.findTags(viewer.user_id, normalizeTag((query.q ?? '').trim().replace(/^[#＃]/, ''))),
    ),
    bind('getPost', ({ viewer, params }) => show(viewer?.user_id ?? null, params.post_id)),
    bind('editPost', async ({ viewer, params, body }) => {
      await posts.editPost(viewer.user_id, params.post_id, body)
      return show(viewer.user_id, params.post_id)
    }),
    bind('deletePost', async ({ viewer, params }) => {
      await posts.deletePost(viewer.user_id, params.post_id)
      return {}
    }),
  ]
}
