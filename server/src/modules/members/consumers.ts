import { attachedTo } from '@tintype/contract'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Profiles } from './profiles.ts'

/** Each may be run twice for one event: raising and swapping again change nothing that matters. */
export const memberConsumers = (profiles: Profiles): Consumer[] => [
  consumer({
    group: 'members.avatars',
    types: ['media.ready', 'media.failed'],
    async handle({ type, payload }) {
      if (attachedTo(payload).kind !== 'member') return
      if (type === 'media.ready') await profiles.avatarReady(payload.owner_id, payload.media_ids)
      else await profiles.avatarFailed(payload.owner_id, payload.media_ids)
    },
  }),
  // Whoever is shut out of a private account loses the picture addresses they had.
  consumer({
    group: 'members.media_epoch',
    types: ['user.blocked', 'user.follower_removed'],
    handle: ({ type, payload }) =>
      profiles.raiseMediaEpoch(
        type === 'user.blocked' ? [payload.blocker_id, payload.blocked_id] : [payload.followee_id],
      ),
  }),
]
