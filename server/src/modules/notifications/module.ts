import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import type { TextOf } from './api.ts'
import { eraseMember, type NotificationEventDeps, notificationConsumers } from './consumers.ts'
import { notificationHandlers } from './handlers.ts'
import { notificationsData } from './personal-store.ts'
import { noticePushes, textOf } from './pushes.ts'
import { type NotificationDeps, NotificationService } from './service.ts'

/** Both halves ask the same modules: the one that lists, and the one that keeps the list true. */
export type NotificationModuleDeps = NotificationDeps & Omit<NotificationEventDeps, 'notifications'>

export function notificationsModule(
  deps: NotificationModuleDeps,
): ModuleParts & { service: NotificationService; textOf: TextOf } {
  const service = new NotificationService(deps)
  const all = { ...deps, notifications: service }
  return {
    service,
    textOf,
    personal: notificationsData(deps.db),
    routes: bind('notifications', notificationHandlers(service)),
    // Asked for when every module stands that serves subjects.
    get consumers() {
      return notificationConsumers(all)
    },
    schedules: [],
    pushes: [noticePushes(service, deps.notices)],
    badges: [{ name: 'notifications.unread', count: (ids) => service.countUnread(ids) }],
    rebuilds: [],
    erase: (member, signal) => eraseMember(all, member, signal),
  }
}
