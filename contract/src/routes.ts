import { accountRoutes, browserRoutes, loginRoutes } from './accounts/routes.ts'
import { announcementRoutes } from './announcements/routes.ts'
import { appRoutes, developerRoutes } from './apps/routes.ts'
import { exportRoutes, importRoutes } from './archives/routes.ts'
import { mailRoutes, preferenceRoutes, pushRoutes } from './channels/routes.ts'
import { circleRoutes } from './circles/routes.ts'
import { collaboratorRoutes } from './collaborators/routes.ts'
import { collectionRoutes } from './collections/routes.ts'
import { commentReviewRoutes, commentRoutes } from './comments/routes.ts'
import { communityRoutes } from './community/routes.ts'
import type { RouteGroup, RouteSpec } from './core/route.ts'
import { engagementRoutes } from './engagement/routes.ts'
import { exploreRoutes } from './explore/routes.ts'
import { factorRoutes } from './factors/routes.ts'
import { feedRoutes } from './feed/routes.ts'
import { graphRoutes, interactionLimitRoutes, viewingRoutes } from './graph/routes.ts'
import { linkRoutes } from './links/routes.ts'
import { liveRoutes } from './live/routes.ts'
import { mediaRoutes } from './media/routes.ts'
import { memberRoutes } from './members/routes.ts'
import { conversationRoutes, messageRoutes } from './messages/routes.ts'
import { moderationRoutes, reportRoutes } from './moderation/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { openIdRoutes } from './openid/routes.ts'
import { placeRoutes } from './places/routes.ts'
import {
  downloadRoutes,
  photoTagRoutes,
  postRoutes,
  postSettingsRoutes,
  postShelfRoutes,
} from './posts/routes.ts'
import { reelRoutes } from './reels/routes.ts'
import { repostRoutes } from './reposts/routes.ts'
import { scheduledRoutes } from './scheduled/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { securityRoutes } from './security/routes.ts'
import { highlightRoutes, storyRoutes } from './stories/routes.ts'

/** Every route of the API: by domain, then by name. `posts.get` is the operation id of `routes.posts.get`. */
export const routes = {
  accounts: accountRoutes,
  logins: loginRoutes,
  browser: browserRoutes,
  members: memberRoutes,
  factors: factorRoutes,
  openId: openIdRoutes,
  community: communityRoutes,
  announcements: announcementRoutes,
  graph: graphRoutes,
  circles: circleRoutes,
  interactionLimit: interactionLimitRoutes,
  viewing: viewingRoutes,
  media: mediaRoutes,
  posts: postRoutes,
  postSettings: postSettingsRoutes,
  postShelf: postShelfRoutes,
  photoTags: photoTagRoutes,
  downloads: downloadRoutes,
  scheduled: scheduledRoutes,
  links: linkRoutes,
  collaborators: collaboratorRoutes,
  feed: feedRoutes,
  explore: exploreRoutes,
  engagement: engagementRoutes,
  comments: commentRoutes,
  commentReview: commentReviewRoutes,
  notifications: notificationRoutes,
  push: pushRoutes,
  preferences: preferenceRoutes,
  mails: mailRoutes,
  stories: storyRoutes,
  highlights: highlightRoutes,
  collections: collectionRoutes,
  reposts: repostRoutes,
  conversations: conversationRoutes,
  messages: messageRoutes,
  search: searchRoutes,
  places: placeRoutes,
  reels: reelRoutes,
  live: liveRoutes,
  reports: reportRoutes,
  moderation: moderationRoutes,
  security: securityRoutes,
  exports: exportRoutes,
  imports: importRoutes,
  apps: appRoutes,
  developer: developerRoutes,
} satisfies Record<string, RouteGroup>

export type Routes = typeof routes
export type Domain = keyof Routes
export type Operation = { [D in Domain]: `${D}.${keyof Routes[D] & string}` }[Domain]

/** The routes of all domains by operation id. */
export const operations = Object.fromEntries(
  Object.entries(routes).flatMap(([domain, group]) =>
    Object.entries<RouteSpec>(group).map(([name, spec]) => [`${domain}.${name}`, spec]),
  ),
) as Readonly<Record<Operation, RouteSpec>>

export type RouteOf<O extends Operation> = O extends `${infer D extends Domain}.${infer N}`
  ? N extends keyof Routes[D]
    ? Extract<Routes[D][N], RouteSpec>
    : never
  : never
