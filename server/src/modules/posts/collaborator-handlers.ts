import type { PostId, Routes, UserId } from '@tintype/contract'
import { type Handlers, readyPage } from '../../gateway/binding.ts'
import { byField } from '../../kit/by-field.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Collaborations } from './collaborations.ts'
import type { PostsReader } from './reader.ts'
import type { PostRef } from './store.ts'

type Shown = { post_id: PostId; json: Pieces }

export interface CollaboratorRouteDeps {
  collaborations: Pick<Collaborations, 'list' | 'invite' | 'remove' | 'accept' | 'leave'>
  posts: Pick<PostsReader, 'invitations'>
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<Shown[]>
}

export const collaboratorHandlers = ({
  collaborations,
  posts,
  show,
}: CollaboratorRouteDeps): Handlers<Routes['collaborators']> => ({
  list: ({ viewer, params }) => collaborations.list(viewer?.user_id ?? null, params.post_id),
  invite: ({ viewer, params }) => collaborations.invite(viewer.user_id, params.post_id, params.username),
  remove: ({ viewer, params }) => collaborations.remove(viewer.user_id, params.post_id, params.username),
  accept: async ({ viewer, params }) => {
    await collaborations.accept(viewer.user_id, params.post_id)
    return {}
  },
  leave: async ({ viewer, params }) => {
    await collaborations.leave(viewer.user_id, params.post_id)
    return {}
  },
  pending: async ({ viewer: { user_id }, query }) =>
    readyPage(
      await fillPage<PostRef, Shown, PostId>({
        kind: 'collaborations',
        limit: query.limit ?? 20,
        after: idCursor('collaborations', query.cursor),
        read: (before, limit) => posts.invitations(user_id, { before, limit }),
        keyOf: (ref) => ref.post_id,
        async present(refs) {
          const ids = refs.map((ref) => ref.post_id)
          const shown = byField(await show(user_id, ids), 'post_id')
          return ids.map((id) => shown.get(id))
        },
      }),
    ),
})
