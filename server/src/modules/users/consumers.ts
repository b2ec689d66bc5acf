import { attachedTo } from '@tintype/contract'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Account } from './account.ts'
import type { Authentication } from './authentication.ts'
import type { UserDirectory } from './directory.ts'

/** Each may be run twice for one event: forgetting, raising and swapping again change nothing that matters. */
export function userConsumers(
  account: Account,
  directory: UserDirectory,
  authentication: Pick<Authentication, 'tellEnded'>,
): Consumer[] {
  return [
    // The request that made the change has told the caches already; this makes it certain should it have died in between.
    consumer({
      group: 'users.directory',
      types: ['user.registered', 'user.updated', 'user.privacy_changed'],
      handle: ({ payload }) => directory.renew(payload.user_id),
    }),
    // The same for sessions: the process that ended them may have told nobody.
    consumer({
      group: 'users.sessions',
      types: ['user.sessions_ended'],
      handle: ({ payload }) => authentication.tellEnded(payload.session_ids),
    }),
    consumer({
      group: 'users.avatars',
      types: ['media.ready', 'media.failed'],
      async handle({ type, payload }) {
        if (attachedTo(payload).kind !== 'member') return
        if (type === 'media.ready') await account.avatarReady(payload.owner_id, payload.media_ids)
        else await account.avatarFailed(payload.owner_id, payload.media_ids)
      },
    }),
    // Whoever is shut out of a private account loses the picture addresses they had.
    consumer({
      group: 'users.media_epoch',
      types: ['user.blocked', 'user.follower_removed'],
      handle: ({ type, payload }) =>
        account.raiseMediaEpoch(
          type === 'user.blocked' ? [payload.blocker_id, payload.blocked_id] : [payload.followee_id],
        ),
    }),
  ]
}
