import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  notFound,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router'
import { instanceQuery, meQuery } from '../data/member.ts'
import { queryClient } from '../data/query-client.ts'
import { NotFoundScreen } from '../shell/NotFoundScreen.tsx'
import { ErrorScreen } from './ErrorScreen.tsx'
import { Frame } from './frame/Frame.tsx'
import { Pending } from './Pending.tsx'
import { Root } from './Root.tsx'
import { screen } from './screen.tsx'
import { byToken, postInSearch, text } from './searches.ts'

interface Context {
  queryClient: QueryClient
}

const rootRoute = createRootRouteWithContext<Context>()({
  component: Root,
  errorComponent: ErrorScreen,
  notFoundComponent: NotFoundScreen,
  validateSearch: postInSearch,
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery)
    if (me) {
      void context.queryClient.prefetchQuery(instanceQuery)
      return { me }
    }
    const instance = await context.queryClient.ensureQueryData(instanceQuery)
    if (!instance.is_set_up && location.pathname !== '/setup') throw redirect({ to: '/setup', replace: true })
    return { me }
  },
})

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: screen(() => import('../features/setup/SetupScreen.tsx')),
})

const visitorRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'visitor',
  beforeLoad: ({ context }) => {
    if (context.me) throw redirect({ to: '/', replace: true })
  },
})
const loginRoute = createRoute({
  getParentRoute: () => visitorRoute,
  path: '/login',
  validateSearch: (
    search: Record<string, unknown>,
  ): { to?: string | undefined; deleted?: boolean | undefined } => ({
    ...(text(search.to) ? { to: text(search.to) } : {}),
    ...(search.deleted ? { deleted: true } : {}),
  }),
  component: screen(() => import('../features/auth/LoginScreen.tsx')),
})
const signUpRoute = createRoute({
  getParentRoute: () => visitorRoute,
  path: '/signup',
  validateSearch: (search: Record<string, unknown>): { invitation?: string | undefined } =>
    text(search.invitation) ? { invitation: text(search.invitation) } : {},
  component: screen(() => import('../features/auth/SignUpScreen.tsx')),
})

const forgotRoute = createRoute({
  getParentRoute: () => visitorRoute,
  path: '/forgot-password',
  component: screen(() => import('../features/auth/ForgotPasswordScreen.tsx')),
})

/** What links in mails lead to, whoever is logged in. */
const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: byToken,
  component: screen(() => import('../features/auth/ResetPasswordScreen.tsx')),
})
const mailed = () => import('../features/auth/MailedLinks.tsx')
const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify-email',
  validateSearch: byToken,
  component: screen(async () => ({ default: (await mailed()).VerifyEmail })),
})
const confirmRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/confirm-email',
  validateSearch: byToken,
  component: screen(async () => ({ default: (await mailed()).ConfirmEmail })),
})
const unsubscribeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unsubscribe',
  validateSearch: byToken,
  component: screen(async () => ({ default: (await mailed()).Unsubscribe })),
})

/** Where the place at which members can log in as well sends them back to. */
const openIdRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/openid/callback',
  component: screen(() => import('../features/auth/OpenIdScreen.tsx')),
})

/** Where apps send their members, and where a device's code is typed: without a frame, as the log-in is. Visitors log in first. */
const oauthRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/oauth/$page',
  beforeLoad: ({ context, location }) => {
    if (!context.me) throw redirect({ to: '/login', search: { to: location.href }, replace: true })
  },
  component: screen(() => import('../features/apps/OauthScreen.tsx')),
})

const frameRoute = createRoute({ getParentRoute: () => rootRoute, id: 'frame', component: Frame })

const exploreRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/explore',
  component: screen(() => import('../features/explore/ExploreScreen.tsx')),
})
const exploreFeedRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/explore/$postId',
  component: screen(() => import('../features/explore/ExploreFeedScreen.tsx')),
})
/** The feed of all; or, from one of them on, those of a member or with a sound. */
const reelsScreen = screen(() => import('../features/reels/ReelsScreen.tsx'))
const reelsRoute = createRoute({ getParentRoute: () => frameRoute, path: '/reels', component: reelsScreen })
const reelRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reels/$postId',
  validateSearch: (
    search: Record<string, unknown>,
  ): { by?: string | undefined; sound?: string | undefined } => ({
    ...(text(search.by) ? { by: text(search.by) } : {}),
    ...(text(search.sound) ? { sound: text(search.sound) } : {}),
  }),
  component: reelsScreen,
})
const soundRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sounds/$soundId',
  component: screen(() => import('../features/reels/SoundScreen.tsx')),
})
const liveRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/live/$liveId',
  component: screen(() => import('../features/live/LiveScreen.tsx')),
})
const hashtagRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/tags/$tag',
  component: screen(() => import('../features/hashtag/HashtagScreen.tsx')),
})
const placeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/places/$place',
  component: screen(() => import('../features/places/PlaceScreen.tsx')),
})
const postRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/p/$postId',
  component: screen(() => import('../things/post/PostScreen.tsx')),
})
const profileRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/$username',
  component: screen(() => import('../features/profile/ProfileScreen.tsx')),
})
/** What no other route takes; within the frame, so that one can go on from there. */
const elsewhereRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '$',
  component: NotFoundScreen,
})
const people = screen(() => import('../features/profile/PeopleDialog.tsx'))
const peopleRoute = createRoute({
  getParentRoute: () => profileRoute,
  path: '/$list',
  beforeLoad: ({ params }) => {
    if (!['followers', 'following', 'mutual'].includes(params.list)) throw notFound()
  },
  component: people,
})

/** Screens that only members reach: visitors log in first and then come back. */
const memberRoute = createRoute({
  getParentRoute: () => frameRoute,
  id: 'member',
  beforeLoad: ({ context, location }) => {
    if (context.me) return
    const to = location.pathname === '/' ? undefined : location.pathname
    throw redirect({ to: '/login', search: to ? { to } : {}, replace: true })
  },
})
const homeRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/',
  component: screen(() => import('../features/home/HomeScreen.tsx')),
})
const goLiveRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/live',
  component: screen(() => import('../features/live/GoLiveScreen.tsx')),
})
const searchRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/search',
  validateSearch: (
    search: Record<string, unknown>,
  ): { q?: string | undefined; tab?: string | undefined } => ({
    ...(text(search.q) ? { q: text(search.q) } : {}),
    ...(text(search.tab) ? { tab: text(search.tab) } : {}),
  }),
  component: screen(() => import('../features/search/SearchScreen.tsx')),
})
const notificationsRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/notifications',
  component: screen(() => import('../features/notifications/NotificationsScreen.tsx')),
})
const announcementsRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/notifications/announcements',
  component: screen(() => import('../features/announcements/AnnouncementsScreen.tsx')),
})
const requestsRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/requests',
  component: screen(() => import('../features/requests/RequestsScreen.tsx')),
})
/** What is saved, and a collection of it, come as one file. */
const savedScreens = () => import('../features/saved/screens.ts')
const savedRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/saved',
  component: screen(async () => ({ default: (await savedScreens()).SavedScreen })),
})
const collectionRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/saved/$collectionId',
  component: screen(async () => ({ default: (await savedScreens()).CollectionScreen })),
})
/** Three ways into one viewer, which comes as one file. */
const storyViewers = () => import('../features/stories/viewers.ts')
const storiesRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/stories/$username/{-$storyId}',
  component: screen(async () => ({ default: (await storyViewers()).StoriesScreen })),
})
const highlightRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/highlights/$highlightId',
  component: screen(async () => ({ default: (await storyViewers()).HighlightScreen })),
})
const archiveRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/archive',
  component: screen(() => import('../features/stories/ArchiveScreen.tsx')),
})
const archivedRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/archive/$storyId',
  component: screen(async () => ({ default: (await storyViewers()).ArchivedScreen })),
})
/** The messenger: the list, and beside it, or on a phone in its place, what is open. */
const directRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/direct',
  component: screen(() => import('../features/direct/DirectScreen.tsx')),
})
const directIndexRoute = createRoute({
  getParentRoute: () => directRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/direct/inbox', replace: true })
  },
})
const chooseScreen = screen(() => import('../features/direct/ChooseScreen.tsx'))
const inboxRoute = createRoute({
  getParentRoute: () => directRoute,
  path: '/inbox',
  component: chooseScreen,
})
const messageRequestsRoute = createRoute({
  getParentRoute: () => directRoute,
  path: '/requests',
  component: chooseScreen,
})
const filteredRoute = createRoute({
  getParentRoute: () => directRoute,
  path: '/filtered',
  component: chooseScreen,
})
const chatRoute = createRoute({
  getParentRoute: () => directRoute,
  path: '/t/$conversationId',
  component: screen(() => import('../features/direct/chat/ChatScreen.tsx')),
})
const joinRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/direct/join/$code',
  component: screen(() => import('../features/direct/JoinScreen.tsx')),
})
const settingsRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/settings',
  component: screen(() => import('../features/settings/SettingsScreen.tsx')),
})
const sectionRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/$section',
  component: screen(() => import('../features/settings/SettingsSection.tsx')),
})

/** `/moderation/queue`, `/moderation/cases/post/…`, `/moderation/members/ana`: one file for all. */
const moderationRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/moderation/{-$section}/{-$of}/{-$id}',
  component: screen(() => import('../features/moderation/ModerationScreen.tsx')),
})

const routeTree = rootRoute.addChildren([
  setupRoute,
  visitorRoute.addChildren([loginRoute, signUpRoute, forgotRoute]),
  resetRoute,
  verifyRoute,
  openIdRoute,
  confirmRoute,
  unsubscribeRoute,
  oauthRoute,
  frameRoute.addChildren([
    memberRoute.addChildren([
      homeRoute,
      searchRoute,
      goLiveRoute,
      notificationsRoute,
      announcementsRoute,
      requestsRoute,
      savedRoute,
      collectionRoute,
      storiesRoute,
      highlightRoute,
      archiveRoute,
      archivedRoute,
      directRoute.addChildren([directIndexRoute, inboxRoute, messageRequestsRoute, filteredRoute, chatRoute]),
      joinRoute,
      settingsRoute.addChildren([sectionRoute]),
      moderationRoute,
    ]),
    exploreRoute,
    exploreFeedRoute,
    reelsRoute,
    reelRoute,
    soundRoute,
    liveRoute,
    hashtagRoute,
    placeRoute,
    postRoute,
    profileRoute.addChildren([peopleRoute]),
    elsewhereRoute,
  ]),
])

/** The app's router; on a history of its own where a test gives one. */
export const createAppRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree,
    context: { queryClient },
    ...(history ? { history } : {}),
    // On the server it would write an inline script.
    scrollRestoration: typeof document !== 'undefined',
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Pending,
    defaultPendingMs: 500,
    defaultErrorComponent: ErrorScreen,
    defaultNotFoundComponent: NotFoundScreen,
  })

export const router = createAppRouter()

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
