import { type ClientOf, type ClientOptions, clientOf } from './core/client.ts'
import { type Routes, routes } from './routes.ts'

export type Client = ClientOf<Routes>

/** A typed client of every route: `api.posts.get({ params: { post_id } })`. */
export const createClient = (options: ClientOptions = {}): Client => clientOf<Routes>(routes, options)
