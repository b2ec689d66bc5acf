import {
  type Live,
  type LiveId,
  type Routes,
  type StreamKey,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { holdsRole } from '@tintype/contract/core/route'
import type { Handlers } from '../../gateway/binding.ts'
import type { LiveComments } from './comments.ts'
import type { LiveCrew } from './crew.ts'
import type { LiveDeps } from './deps.ts'
import type { Feeds } from './feeds.ts'
import type { Keys } from './keys.ts'
import type { LiveLinks } from './links.ts'
import { archive, liveOf, livesFor } from './listing.ts'
import type { Lives } from './lives.ts'
import type { LiveReader } from './reader.ts'
import type { Replays } from './replays.ts'
import type { LiveShow } from './show.ts'

export interface LiveUseCases extends Pick<LiveDeps, 'db' | 'graph' | 'members' | 'live'> {
  reader: LiveReader
  lives: Lives
  show: LiveShow
  comments: LiveComments
  crew: LiveCrew
  links: LiveLinks
  keys: Keys
  feeds: Pick<Feeds, 'show'>
  replays: Replays
}

/** Bits a second: 720 lines look well, and most lines take it. */
const BIT_RATE = 2_000_000

export function liveHandlers(use: LiveUseCases): Handlers<Routes['live']> {
  const { reader, lives, show, comments, crew, links, keys, replays } = use
  const shown = async (viewerId: UserId | null, id: LiveId): Promise<Live> => {
    const live = await show.one(viewerId, await reader.findVisible(viewerId, id))
    if (!live) throw new TintypeError('not_found')
    return live
  }
  const nothing = async (work: Promise<unknown>) => {
    await work
    return {}
  }
  return {
    create: async ({ viewer, body, reservedId }) =>
      shown(viewer.user_id, await lives.open(viewer.user_id, body, reservedId)),
    now: ({ viewer }) => livesFor(use, viewer.user_id),
    ofMember: async ({ viewer, params }) => ({
      live: await liveOf(use, viewer?.user_id ?? null, params.username),
    }),
    get: ({ viewer, params }) => shown(viewer?.user_id ?? null, params.live_id),
    update: async ({ viewer, params, body }) => {
      await lives.change(viewer.user_id, params.live_id, body)
      return shown(viewer.user_id, params.live_id)
    },
    intake: async ({ viewer, params }) => {
      const { status, live_id } = await reader.findOwn(viewer.user_id, params.live_id)
      if (!use.live) throw new TintypeError('live_off')
      if (status === 'ended') throw new TintypeError('live_ended')
      const url = links.intake(live_id, viewer.user_id)
      return { url, video_bit_rate: BIT_RATE, longest: use.live.longest }
    },
    start: async ({ viewer, params: { live_id } }) => {
      const { status } = await reader.findOwn(viewer.user_id, live_id)
      if (status === 'ended') throw new TintypeError('live_ended')
      if (status === 'waiting') use.feeds.show(live_id)
      return shown(viewer.user_id, live_id)
    },
    end: async ({ viewer, params: { live_id } }) => {
      const live = await reader.findVisible(viewer.user_id, live_id)
      if (live.host_id !== viewer.user_id && !holdsRole(viewer.role, 'moderator'))
        throw new TintypeError('not_found')
      await lives.end(live_id)
      return shown(viewer.user_id, live_id)
    },
    keep: ({ viewer, params, body, reservedId }) =>
      replays.keep(viewer.user_id, params.live_id, body.caption, reservedId),
    delete: async ({ viewer, params }) =>
      nothing(lives.delete(await reader.findOwn(viewer.user_id, params.live_id))),
    archive: ({ viewer, query }) => archive(use, viewer.user_id, query),
    key: ({ viewer }): Promise<StreamKey> => keys.find(viewer.user_id),
    renewKey: ({ viewer }) => keys.renew(viewer.user_id),
    comments: ({ viewer, params }) => comments.list(viewer?.user_id ?? null, params.live_id),
    comment: ({ viewer, params, body, reservedId }) =>
      comments.say(viewer.user_id, params.live_id, body.text, reservedId),
    deleteComment: ({ viewer, params }) =>
      nothing(comments.delete(viewer.user_id, params.live_id, params.live_comment_id)),
    approveComment: ({ viewer, params }) =>
      nothing(comments.approve(viewer.user_id, params.live_id, params.live_comment_id)),
    pin: ({ viewer, params, body }) =>
      nothing(comments.pin(viewer.user_id, params.live_id, body.live_comment_id)),
    addModerator: ({ viewer, params }) =>
      nothing(crew.addModerator(viewer.user_id, params.live_id, params.username)),
    removeModerator: ({ viewer, params }) =>
      nothing(crew.removeModerator(viewer.user_id, params.live_id, params.username)),
    removeViewer: ({ viewer, params }) =>
      nothing(crew.remove(viewer.user_id, params.live_id, params.username)),
    letViewerBack: ({ viewer, params }) =>
      nothing(crew.letBack(viewer.user_id, params.live_id, params.username)),
  }
}
