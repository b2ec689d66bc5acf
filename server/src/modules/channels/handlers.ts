import type { Routes } from '@tintype/contract'
import type { MailFolder } from '../../engines/mailer/port.ts'
import type { Handlers } from '../../gateway/binding.ts'
import type { Preferences } from './preferences.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { Unsubscribing } from './unsubscribe.ts'

export const pushHandlers = (subscriptions: Subscriptions): Handlers<Routes['push']> => ({
  key: async () => ({ key: subscriptions.key }),
  subscribe: async ({ viewer, body }) => {
    await subscriptions.add(viewer, body)
    return {}
  },
  unsubscribe: async ({ viewer, body }) => {
    await subscriptions.removeByEndpoint(viewer.user_id, body.endpoint)
    return {}
  },
})

export const preferenceHandlers = (preferences: Preferences): Handlers<Routes['preferences']> => ({
  get: ({ viewer }) => preferences.of(viewer.user_id),
  change: ({ viewer, body }) => preferences.change(viewer.user_id, body),
})

/** Mails that the owner is shown at most. */
const SHOWN = 100

export const mailHandlers = (
  folder: MailFolder | undefined,
  smtpHost: string | null,
  unsubscribing: Unsubscribing,
): Handlers<Routes['mails']> => ({
  outbox: async () => {
    const mails = (await folder?.list(SHOWN)) ?? []
    return {
      delivered_by: smtpHost,
      mails: mails.map(({ id, to, subject, text, at }) => ({
        mail_id: id,
        to,
        subject,
        text,
        created_at: new Date(at).toISOString(),
      })),
    }
  },
  unsubscribe: async ({ body }) => {
    await unsubscribing.end(body.token)
    return {}
  },
})
