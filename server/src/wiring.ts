import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { type Consumer, consumer } from './engines/event-log/port.ts'
import { type Engines, openEngines } from './engines/index.ts'
import type { RouteBinding } from './gateway/binding.ts'
import type { Authenticate } from './gateway/gate.ts'
import { type IdempotencyStore, idempotencyPurge, idempotencyStore } from './gateway/idempotency-store.ts'
import type { Preview } from './gateway/preview.ts'
import type { Clock } from './kit/clock.ts'
import type { Logger } from './kit/logger.ts'
import { version } from './kit/version.ts'
import { engagementModule } from './modules/engagement/module.ts'
import { feedModule } from './modules/feed/module.ts'
import { graphModule } from './modules/graph/module.ts'
import { type MediaModule, mediaModule } from './modules/media/module.ts'
import type { Badge, ModuleParts, Rebuild, Schedule } from './modules/module.ts'
import { notificationsModule } from './modules/notifications/module.ts'
import { type PostsModule, postsModule } from './modules/posts/module.ts'
import { Subjects } from './modules/subject.ts'
import { type UsersModule, usersModule } from './modules/users/module.ts'
import { Texts } from './text/texts.ts'
import { linkPreview } from './views/link-preview.ts'
import { newPostView } from './views/new-post.ts'
import { cardEntries, judgePosts, postView, type ShowPosts } from './views/posts.ts'

/** Everything a role may need, opened and tied together. */
export interface System extends AsyncDisposable {
  config: Config
  clock: Clock
  logger: Logger
  engines: Engines
  routes: RouteBinding[]
  consumers: Consumer[]
  schedules: Schedule[]
  rebuilds: Rebuild[]
  plugins: ((app: FastifyInstance) => void | Promise<void>)[]
  authenticate: Authenticate
  onSessionsEnded: UsersModule['onSessionsEnded']
  badges: Badge[]
  idempotency: IdempotencyStore
  preview: Preview
  /** Whether the owner's account exists. */
  isSetUp(): Promise<boolean>
}

type Surroundings = { clock: Clock; logger: Logger }

/** `databaseUrl` and `secret` must be set by now: the lifecycle fills in those of the embedded PostgreSQL and of DATA_DIR. */
export async function createSystem(config: Config, surroundings: Surroundings): Promise<System> {
  await using opening = new AsyncDisposableStack()
  const { clock, logger } = surroundings
  const engines = opening.use(await openEngines(config, surroundings))
  const { modules, judge } = wireModules(config, engines, surroundings)
  const { users, media } = modules
  opening.use(users)
  opening.use(media)
  const all: ModuleParts[] = Object.values(modules)
  const opened = opening.move()
  return {
    config,
    clock,
    logger,
    engines,
    routes: all.flatMap((module) => module.routes),
    consumers: [
      ...all.flatMap((module) => module.consumers),
      ...Object.entries(modules).map(([name, module]) => erasure(name, module)),
    ],
    rebuilds: all.flatMap((module) => module.rebuilds),
    schedules: [...all.flatMap((module) => module.schedules), idempotencyPurge(engines.db, clock)],
    plugins: [...engines.plugins, media.plugin],
    authenticate: users.authenticate,
    onSessionsEnded: users.onSessionsEnded,
    badges: all.flatMap((module) => module.badges ?? []),
    idempotency: idempotencyStore(engines.db, clock),
    preview: linkPreview({ judge, users: users.service }),
    isSetUp: users.isSetUp,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const erasure = (name: string, module: ModuleParts): Consumer =>
  consumer({
    group: `erasure.${name}`,
    types: ['user.deleted'],
    handle: ({ payload }, signal) => module.erase(payload.user_id, signal),
  })

/**
 * Each module gets what it asks for, and forgetting something does not compile. Where two need each other (a profile shows
 * counts of posts, a post shows a profile), the one built first is given a function that looks the other up when called.
 */
function wireModules(config: Config, engines: Engines, surroundings: Surroundings) {
  const base = { ...engines, ...surroundings, config }
  const { cacheTtl } = config
  const cards = cardEntries(base.cache, cacheTtl.post)
  const show: ShowPosts = (viewerId, ids) => showPosts(viewerId, ids)
  const subjects = new Subjects(() => Object.values(modules).flatMap((module) => module.subjects ?? []))
  const users: UsersModule = usersModule({
    ...base,
    secret: config.secret,
    version,
    peers: () => ({
      graph: graph.service,
      posts: posts.service,
      notifications: notifications.service,
      media: media.service,
    }),
  })
  const graph = graphModule({ ...base, users: users.service })
  const media: MediaModule = mediaModule({
    ...base,
    users: users.service,
    subjects,
    secret: config.secret,
    mediaThreads: config.mediaThreads,
    mediaTtl: cacheTtl.post,
  })
  const texts = new Texts({ users: users.service, graph: graph.service })
  const posts: PostsModule = postsModule({
    ...base,
    postTtl: cacheTtl.post,
    forgetCards: (ids) => cards.del(ids),
    texts,
    comments: () => engagement.service,
    graph: graph.service,
    media: media.service,
    show,
    showNew: newPostView(users.service),
  })
  const social = { texts, users: users.service, graph: graph.service, posts: posts.service }
  const engagement = engagementModule({ ...base, ...social })
  const shown = { ...social, media: media.service, engagement: engagement.service }
  const notices = [graph, posts, engagement].flatMap((module) => module.notices ?? [])
  const notifications = notificationsModule({ ...base, ...shown, notices })
  const judge = judgePosts({ ...shown, cards })
  const showPosts = postView(engagement.service, judge)
  const feed = feedModule({
    ...base,
    ...shown,
    show,
    kept: config.timelineKept,
    inactiveAfter: config.inactiveAfter,
    feedTtl: cacheTtl.feed,
    celebrityFollowers: config.celebrityFollowers,
  })
  const modules = { users, graph, media, posts, engagement, notifications, feed }
  return { modules, judge }
}
