import { type Page, type PostId, type Routes, TintypeError, type UserId } from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'
import { type Handlers, readyPage } from '../../gateway/binding.ts'
import { byField } from '../../kit/by-field.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { PhotoTags } from './people.ts'
import type { PostsReader } from './reader.ts'
import type { PostRef } from './store.ts'

type Shown = { post_id: PostId; status: string; json: Pieces }

export interface PhotoTagRouteDeps {
  photoTags: PhotoTags
  posts: Pick<PostsReader, 'taggedPosts'>
  members: { byUsername(username: string): Promise<{ user_id: UserId } | undefined> }
  graph: Judges
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<Shown[]>
}

export function photoTagHandlers(deps: PhotoTagRouteDeps): Handlers<Routes['photoTags']> {
  const { photoTags, posts, members, graph, show } = deps
  /** Published posts of a list that the viewer may see. */
  const pageOf = (
    viewerId: UserId | null,
    { cursor, limit = 20 }: { cursor?: string; limit?: number },
    of: { kind: string; userId: UserId; pending: boolean },
  ): Promise<Page<Shown>> =>
    fillPage<PostRef, Shown, PostId>({
      kind: of.kind,
      limit,
      after: idCursor(of.kind, cursor),
      read: (before, count) => posts.taggedPosts(of.userId, { before, limit: count, pending: of.pending }),
      keyOf: (ref) => ref.post_id,
      async present(refs) {
        const ids = refs.map((ref) => ref.post_id)
        const shown = byField(await show(viewerId, ids), 'post_id')
        return ids.map((id) => {
          const post = shown.get(id)
          return post?.status === 'published' ? post : undefined
        })
      },
    })
  return {
    list: ({ viewer, params }) => photoTags.list(viewer?.user_id ?? null, params.post_id),
    set: ({ viewer, params, body }) => photoTags.set(viewer.user_id, params.post_id, body.people),
    accept: async ({ viewer, params }) => {
      await photoTags.accept(viewer.user_id, params.post_id)
      return {}
    },
    leave: async ({ viewer, params }) => {
      await photoTags.leave(viewer.user_id, params.post_id)
      return {}
    },
    pending: async ({ viewer: { user_id: userId }, query }) =>
      readyPage(await pageOf(userId, query, { kind: 'tagged.pending', userId, pending: true })),
    async ofMember({ viewer, params, query }) {
      const viewerId = viewer?.user_id ?? null
      const member = await members.byUsername(params.username)
      const see = member && (await graph.judge(viewerId, [member.user_id]))
      if (!member || see?.(member.user_id) !== 'full') throw new TintypeError('not_found')
      const { user_id: userId } = member
      return readyPage(await pageOf(viewerId, query, { kind: `tagged.${userId}`, userId, pending: false }))
    },
  }
}
