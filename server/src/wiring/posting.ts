import { limitWith } from '../gateway/rate-limits.ts'
import { type LinksDeps, linksModule } from '../modules/links/module.ts'
import { repostsModule } from '../modules/reposts/module.ts'
import { scheduledModule } from '../modules/scheduled/module.ts'
import type { Ground } from './ground.ts'

interface Scheduling<Upload, Edit> {
  members: Parameters<typeof scheduledModule<Upload, Edit>>[0]['members']
  people: Parameters<typeof scheduledModule<Upload, Edit>>[0]['people']
  media: { service: Parameters<typeof scheduledModule<Upload, Edit>>[0]['media'] }
  posts: { toCome: Parameters<typeof scheduledModule<Upload, Edit>>[0]['posts'] }
}

/** Posts that wait for their time. */
export const wireScheduled = <Upload, Edit>(
  { engines, clock }: Ground,
  { members, people, media, posts }: Scheduling<Upload, Edit>,
) => scheduledModule({ ...engines, clock, members, people, media: media.service, posts: posts.toCome })

interface Linking {
  members: LinksDeps['members']
  people: LinksDeps['people']
  media: { service: LinksDeps['media'] }
  posts: { service: LinksDeps['posts'] }
}

/** Links that show posts to people without an account. */
export const wireLinks = (
  { config, engines, clock, passwords }: Ground,
  { members, people, media, posts }: Linking,
) =>
  linksModule({
    db: engines.db,
    rateLimiter: engines.rateLimiter,
    clock,
    members,
    people,
    media: media.service,
    posts: posts.service,
    passwords,
    limit: limitWith(engines.rateLimiter, config.rateLimitMultiplier),
    secret: config.secret,
    mediaOrigins: engines.mediaOrigins,
  })

type RepostDeps = Parameters<typeof repostsModule>[0]
interface Reposting extends Pick<RepostDeps, 'members' | 'people' | 'show'> {
  graph: { service: RepostDeps['graph'] }
  posts: { service: RepostDeps['posts'] }
}

/** Posts that members pass on. */
export const wireReposts = (
  { engines: { db, cache, outbox }, clock }: Pick<Ground, 'engines' | 'clock'>,
  { members, people, show, graph, posts }: Reposting,
) =>
  repostsModule({
    db,
    cache,
    outbox,
    clock,
    members,
    people,
    graph: graph.service,
    posts: posts.service,
    show,
  })
