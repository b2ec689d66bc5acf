import { limits } from '@tintype/contract'
import { liveModule } from '../modules/live/module.ts'
import type { Ground } from './ground.ts'

type LiveDeps = Parameters<typeof liveModule>[0]

interface Below extends Pick<LiveDeps, 'members' | 'people' | 'words'> {
  media: { service: LiveDeps['media'] }
  /** Undefined where no film can be made here. */
  video: object | undefined
}
interface Content extends Pick<LiveDeps, 'show'> {
  graph: { service: LiveDeps['graph'] }
  posts: { service: LiveDeps['posts'] }
}

/** What a camera sees now. */
export const wireLive = (
  { config, engines, clock, logger }: Ground,
  { members, people, media, words, video }: Below,
  { graph, posts, show }: Content,
) =>
  liveModule({
    ...engines,
    clock,
    logger,
    members,
    people,
    graph: graph.service,
    words,
    posts: posts.service,
    show,
    media: media.service,
    secret: config.secret,
    film: config.video ?? { bytes: limits.videoBytes, seconds: limits.videoSeconds },
    live: video && config.live,
  })
