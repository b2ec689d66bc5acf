import type { QueryClient } from '@tanstack/react-query'
import type { AnyRoute, AnyRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { instanceQuery } from '../data/member.ts'
import { exploreFeed, hashtagFeed, homeFeed, type Sort, userFeed } from '../data/posts.ts'
import { placeFeed, placeQuery } from '../features/places/place-queries.ts'
import { profileQuery } from '../features/profile/profile-query.ts'
import { platesQuery } from '../things/account/plates-query.ts'
import { commentsOf } from '../things/comments/comment-lists.ts'
import { postQuery } from '../things/post/post-query.ts'
import { highlightsOf, storiesOf, trayList } from '../things/story/story-lists.ts'

type Params = Record<string, string | undefined>
/** Questions of a screen, that which it is about first. */
type Questions = (client: QueryClient, params: Params, start: Start) => Promise<unknown>[]

export interface Start {
  path: string
  isMember: boolean
  /** The order in which the home feed is shown. */
  sort: Sort
}

const plates: Questions = (client) => [client.prefetchQuery(platesQuery)]

/** By route: what its screen will ask for. */
const questions: Record<string, Questions> = {
  '/visitor/login': plates,
  '/visitor/signup': plates,
  '/frame/explore': (client) => [client.prefetchInfiniteQuery(exploreFeed)],
  '/frame/tags/$tag': (client, { tag = '' }) => [client.prefetchInfiniteQuery(hashtagFeed(tag))],
  '/frame/places/$place': (client, { place = '' }) => [
    client.prefetchQuery(placeQuery(place)),
    client.prefetchInfiniteQuery(placeFeed(place)),
  ],
  '/frame/p/$postId': (client, { postId }) => [
    client.prefetchQuery(postQuery(postId as PostId)),
    client.prefetchInfiniteQuery(commentsOf(postId as PostId)),
  ],
  '/frame/$username': (client, { username = '' }, { isMember }) => [
    client.prefetchQuery(profileQuery(username)),
    client.prefetchInfiniteQuery(userFeed(username)),
    ...(isMember
      ? [client.prefetchQuery(highlightsOf(username)), client.prefetchQuery(storiesOf(username))]
      : []),
  ],
  '/frame/member/stories/$username/{-$storyId}': (client, { username = '' }) => [
    client.prefetchQuery(storiesOf(username)),
  ],
  '/frame/member/': (client, _params, { sort }) => [
    client.prefetchInfiniteQuery(homeFeed(sort)),
    client.prefetchInfiniteQuery(trayList),
  ],
}

/**
 * Asks at once, side by side, for what the screen at a path will need, its code included: the router by itself would first
 * learn who the member is, then fetch the screen, and only then its content. Answers when all of it is there.
 */
export async function headStart(router: AnyRouter, client: QueryClient, start: Start): Promise<void> {
  const { path, isMember } = start
  const [matchedRoutes, params] = router.getMatchedRoutes(path)
  const forMembers = matchedRoutes.some((route) => route.id === '/frame/member')
  const routes: readonly AnyRoute[] =
    forMembers && !isMember ? [router.routesById['/visitor/login']] : matchedRoutes
  await Promise.all([
    client.prefetchQuery(instanceQuery),
    ...routes.flatMap((route) => [
      route.options.component?.preload?.(),
      ...(questions[route.id]?.(client, decoded(params), start) ?? []),
    ]),
  ])
}

const decoded = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value && decodePath(value)]))

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
