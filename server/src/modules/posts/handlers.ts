import {
  type Body,
  type PostId,
  type Routes,
  TintypeError,
  type UploadId,
  type UserId,
} from '@tintype/contract'
import { type Handlers, ReadyJson, readyPage } from '../../gateway/binding.ts'
import { byField } from '../../kit/by-field.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import type { Pieces } from '../../kit/pieces.ts'
import { type FormFile, readPostForm } from './form.ts'
import type { PostsReader } from './reader.ts'
import type { PostRecord, PostRef, PostsService } from './service.ts'
import type { PostSettingsService } from './settings.ts'
import type { Shelf } from './shelf.ts'

export const postSettingsHandlers = (
  settings: Pick<PostSettingsService, 'of' | 'change'>,
): Handlers<Routes['postSettings']> => ({
  get: ({ viewer }) => settings.of(viewer.user_id),
  change: ({ viewer, body }) => settings.change(viewer.user_id, body),
})

export interface ShelfRouteDeps {
  shelf: Shelf
  archivedPosts: PostsReader['archivedPosts']
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<{ post_id: PostId; json: Pieces }[]>
}

export function shelfHandlers({ shelf, archivedPosts, show }: ShelfRouteDeps): Handlers<Routes['postShelf']> {
  type Act = 'archive' | 'restore' | 'pin' | 'unpin'
  type Own = { viewer: { user_id: UserId }; params: { post_id: PostId } }
  const doing =
    (act: Act) =>
    async ({ viewer: { user_id }, params: { post_id } }: Own): Promise<ReadyJson> => {
      await shelf[act](user_id, post_id)
      const [post] = await show(user_id, [post_id])
      if (!post) throw new TintypeError('not_found')
      return new ReadyJson(post.json)
    }
  return {
    archived: async ({ viewer: { user_id }, query }) =>
      readyPage(
        await fillPage<PostRef, { json: Pieces }, PostId>({
          kind: 'archived',
          limit: query.limit ?? 20,
          after: idCursor('archived', query.cursor),
          read: (before, limit) => archivedPosts(user_id, { before, limit }),
          keyOf: (ref) => ref.post_id,
          async present(refs) {
            const ids = refs.map((ref) => ref.post_id)
            const shown = byField(await show(user_id, ids), 'post_id')
            return ids.map((id) => shown.get(id))
          },
        }),
      ),
    archive: doing('archive'),
    restore: doing('restore'),
    pin: doing('pin'),
    unpin: doing('unpin'),
  }
}

export interface PostRouteDeps {
  posts: Pick<PostsService, 'confirmPost' | 'editPost' | 'deletePost'>
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<{ json: Pieces }[]>
  /** The same for its author the moment it was made, from what is known of it; undefined where they have left. */
  showNew(post: PostRecord): Promise<Pieces | undefined>
  /** Stores one file of a form as a finished upload of the member's. */
  receiveFile: FormFile
  /** Gives such uploads up again. */
  giveUp(ownerId: UserId, ids: readonly UploadId[]): Promise<void>
}

export function postHandlers({
  posts,
  show: showPosts,
  showNew,
  receiveFile,
  giveUp,
}: PostRouteDeps): Handlers<Routes['posts']> {
  const show = async (viewerId: UserId | null, id: PostId): Promise<ReadyJson> => {
    const [post] = await showPosts(viewerId, [id])
    if (!post) throw new TintypeError('not_found')
    return new ReadyJson(post.json)
  }
  const confirm = async (authorId: UserId, body: Body<Routes['posts']['confirm']>, reservedId?: string) => {
    const { post, isNew } = await posts.confirmPost(authorId, body, reservedId)
    if (!isNew) return show(authorId, post.post_id)
    const json = await showNew(post)
    if (json === undefined) throw new TintypeError('not_found')
    return new ReadyJson(json)
  }
  return {
    confirm: ({ viewer, body, reservedId }) => confirm(viewer.user_id, body, reservedId),
    create: async ({ viewer, request, reservedId }) => {
      const received: UploadId[] = []
      const receive: FormFile = async (ownerId, file) => {
        const id = await receiveFile(ownerId, file)
        received.push(id)
        return id
      }
      try {
        const body = await readPostForm(request, viewer.user_id, receive)
        return await confirm(viewer.user_id, body, reservedId)
      } catch (error) {
        // Nobody knows their ids, so nobody could use them or give them up.
        await giveUp(viewer.user_id, received)
        throw error
      }
    },
    get: ({ viewer, params }) => show(viewer?.user_id ?? null, params.post_id),
    edit: async ({ viewer, params, body }) => {
      await posts.editPost(viewer.user_id, params.post_id, body)
      return show(viewer.user_id, params.post_id)
    },
    delete: async ({ viewer, params }) => {
      await posts.deletePost(viewer.user_id, params.post_id)
      return {}
    },
  }
}
