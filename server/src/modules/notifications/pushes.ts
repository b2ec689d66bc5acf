import type { NotificationId } from '@tintype/contract'
import type { Notices } from '../notice.ts'
import type { PushSource, PushText } from '../push-source.ts'
import type { NotificationService } from './service.ts'
import type { Shown } from './show.ts'

/** Seconds in which what comes together (a like taken back, two hundred likes of one member) becomes one push. */
const HOLD = 20

/** What the list shows as unread, told on devices: the same groups, in the words of the module they are from. */
export const noticePushes = (
  notifications: Pick<NotificationService, 'unreadAmong'>,
  notices: readonly Pick<Notices, 'pushes'>[],
): PushSource => ({
  name: 'notices',
  lane: 'normal',
  again: 'quietly',
  hold: HOLD,
  types: ['notifications.changed'],
  async hints(events) {
    return events.flatMap(({ type, payload }) => {
      if (type !== 'notifications.changed') return []
      const { user_id, begun, ended } = payload
      return [
        ...begun.map((id) => ({ user_id, id, begins: true })),
        ...ended.map((id) => ({ user_id, id, begins: false })),
      ]
    })
  },
  async texts(userId, ids) {
    const unread = await notifications.unreadAmong(userId, ids as readonly NotificationId[])
    return new Map(
      [...unread].flatMap(([id, shown]) => {
        const text = textOf(shown, notices)
        return text ? [[id, text]] : []
      }),
    )
  },
})

/** The sentence of a group, and where it leads; undefined where its module has none. */
export function textOf(
  { notification, preview }: Shown,
  notices: readonly Pick<Notices, 'pushes'>[],
): PushText | undefined {
  const { type, actor, others_count: others, things_count: things, excerpt } = notification
  const push = notices
    .map(({ pushes }) => pushes[`${type} ${preview.subject.kind}`] ?? pushes[type])
    .find((one) => one !== undefined)
  if (!push) return undefined
  return {
    kind: push.kind,
    title: '',
    body: push.body({ actor: actor.username, others, things, excerpt: excerpt ?? '' }),
    url: notification.address,
    version: String(others),
  }
}
