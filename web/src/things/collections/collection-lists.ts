import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Collection, CollectionId, Page, PostId, UserId, WholeCollection } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import { toggles } from '../../data/entities/toggle-queue.ts'
import type { IdPage } from '../../data/paged-list.ts'
import { postList } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { savedChanged } from './save-sheet.ts'

const PAGE = 50

/** Those that the member is in, last made first. */
export const collectionsList = infiniteQueryOptions({
  queryKey: ['collections', 'list'],
  queryFn: ({ pageParam, signal }) =>
    api.collections.list({ query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
})

/** What is in one of them. */
export const collectionFeed = (collection_id: CollectionId) =>
  postList(['collection', collection_id], (query, signal) =>
    api.collections.posts({ params: { collection_id }, query, signal }),
  )

/** With who else is in it, whose names are in the store. */
export interface OpenCollection extends Collection {
  member_ids: UserId[]
}
const opened = ({ members, ...collection }: WholeCollection): OpenCollection => ({
  ...collection,
  member_ids: ingestUsers(members),
})

export const collectionQuery = (collection_id: CollectionId) =>
  queryOptions({
    queryKey: ['collections', 'one', collection_id],
    queryFn: async ({ signal }) => opened(await api.collections.get({ params: { collection_id }, signal })),
  })

/** In which of them a post is. */
export const collectionsOf = (post_id: PostId) =>
  queryOptions({
    queryKey: ['collections', 'of', post_id],
    queryFn: async ({ signal }) =>
      (await api.collections.ofPost({ params: { post_id }, signal })).collection_ids,
  })

/** Reads again what is shown of collections: covers, and who is in them. Where a post is in, its own intents say. */
async function refresh(): Promise<void> {
  savedChanged()
  await queryClient.refetchQueries({
    queryKey: ['collections'],
    type: 'active',
    predicate: ({ queryKey }) => queryKey[1] !== 'of',
  })
}

function showHeld(collection_id: CollectionId, post_id: PostId, held: boolean): void {
  queryClient.setQueryData(collectionsOf(post_id).queryKey, (known) => {
    const others = known?.filter((id) => id !== collection_id)
    return others && (held ? [...others, collection_id] : others)
  })
  if (held) return
  const { queryKey } = collectionFeed(collection_id)
  queryClient.setQueryData(queryKey, (known: InfiniteData<IdPage<PostId>> | undefined) => {
    const without = (page: IdPage<PostId>) => ({ ...page, ids: page.ids.filter((id) => id !== post_id) })
    return known && { ...known, pages: known.pages.map(without) }
  })
}

/** Puts a post into a collection, which saves it, or takes it out; shown at once. */
export function setCollected(collection_id: CollectionId, post_id: PostId, want: boolean): Promise<void> {
  const params = { collection_id, post_id }
  const settle = (saved: boolean) => {
    const post = entities.get('posts', post_id)
    entities.settle(
      'posts',
      post_id,
      'collect',
      saved && post ? { viewer: { ...post.viewer, saved } } : undefined,
    )
    return refresh()
  }
  return toggles.request(`collect:${collection_id}:${post_id}`, want, {
    apply: (held) => {
      showHeld(collection_id, post_id, held)
      if (held)
        entities.overlay('posts', post_id, 'collect', (post) => ({
          ...post,
          viewer: { ...post.viewer, saved: true },
        }))
    },
    send: (held) => api.collections[held ? 'addPost' : 'removePost']({ params }),
    settle: ({ collected }) => {
      showHeld(collection_id, post_id, collected)
      void settle(collected)
    },
    fail: (error) => {
      void settle(false)
      for (const { queryKey } of [collectionsOf(post_id), collectionFeed(collection_id)])
        void queryClient.invalidateQueries({ queryKey })
      reportError(error)
    },
  })
}

/** Makes one, with a post in it where one is given; the lists show it at once. */
export async function makeCollection(name: string, post_id?: PostId): Promise<void> {
  const { members: _, ...made } = await api.collections.create({
    body: { name, ...(post_id && { post_id }) },
  })
  queryClient.setQueryData(collectionsList.queryKey, (known) => {
    const [first, ...rest] = known?.pages ?? []
    return known && first && { ...known, pages: [{ ...first, items: [made, ...first.items] }, ...rest] }
  })
  if (post_id) {
    showHeld(made.collection_id, post_id, true)
    const post = entities.get('posts', post_id)
    if (post) entities.merge('posts', post_id, { viewer: { ...post.viewer, saved: true } })
  }
  savedChanged()
}

export async function renameCollection(collection_id: CollectionId, name: string): Promise<void> {
  await api.collections.rename({ params: { collection_id }, body: { name } })
  queryClient.setQueryData(collectionQuery(collection_id).queryKey, (known) => known && { ...known, name })
  savedChanged()
}

/** Deletes it, or leaves it where `username` is given. */
export async function endCollection(collection_id: CollectionId, username?: string): Promise<void> {
  if (username) await api.collections.removeMember({ params: { collection_id, username } })
  else await api.collections.delete({ params: { collection_id } })
  queryClient.setQueryData(collectionsList.queryKey, (known) => {
    const without = (page: Page<Collection>) => ({
      ...page,
      items: page.items.filter((one) => one.collection_id !== collection_id),
    })
    return known && { ...known, pages: known.pages.map(without) }
  })
  queryClient.removeQueries({ queryKey: collectionQuery(collection_id).queryKey })
  queryClient.removeQueries({ queryKey: collectionFeed(collection_id).queryKey })
  savedChanged()
}

/** Takes a member in, or out; says whether that was done. */
export async function setMember(
  collection_id: CollectionId,
  user_id: UserId,
  want: boolean,
): Promise<boolean> {
  const username = entities.get('users', user_id)?.username ?? ''
  try {
    await api.collections[want ? 'addMember' : 'removeMember']({ params: { collection_id, username } })
  } catch (error) {
    reportError(error)
    return false
  }
  await refresh()
  return true
}
