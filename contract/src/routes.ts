import { engagementRoutes } from './engagement.ts'
import { graphRoutes } from './graph.ts'
import { mediaRoutes } from './media.ts'
import { notificationRoutes } from './notifications.ts'
import { postRoutes } from './posts.ts'
import type { RouteSpec } from './route.ts'
import { userRoutes } from './users.ts'

/** Every route of the API, by operation name. */
export const routes = {
  ...userRoutes,
  ...graphRoutes,
  ...mediaRoutes,
  ...postRoutes,
  ...engagementRoutes,
  ...notificationRoutes,
} satisfies Record<string, RouteSpec>

export type Routes = typeof routes
export type RouteName = keyof Routes

export const API_PREFIX = '/api/v1'
