import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { AppGrants } from '../apps/api.ts'
import type { Authentication } from './authentication.ts'
import type { LoginHistory } from './login-history.ts'
import type { AccountMails } from './mails.ts'

export const accountConsumers = (
  authentication: Pick<Authentication, 'tellEnded'>,
  mails: AccountMails,
  { history, apps }: { history: Pick<LoginHistory, 'noteApp'>; apps: Pick<AppGrants, 'named'> },
): Consumer[] => [
  // The process that ended them may have died before it told the others.
  consumer({
    group: 'accounts.sessions',
    types: ['user.sessions_ended'],
    handle: ({ payload }) => authentication.tellEnded(payload.session_ids),
  }),
  consumer({
    group: 'accounts.logins',
    types: ['app.allowed'],
    async handle({ payload }) {
      const found = await apps.named(payload.user_id, payload.grant_id)
      // A token that the member made stands among their tokens.
      if (found?.app_id) await history.noteApp(payload.user_id, payload.grant_id, found.name)
    },
  }),
  // A mail server may be away for hours: the pauses between tries grow to a minute.
  consumer({
    group: 'accounts.mails',
    types: [
      'user.link_asked',
      'user.password_changed',
      'user.device_new',
      'user.email_change_asked',
      'user.email_changed',
      'user.factors_changed',
      'user.hidden',
      'app.allowed',
    ],
    maxAttempts: 200,
    async handle(event) {
      const { payload, id, at } = event
      switch (event.type) {
        case 'user.link_asked':
          return mails.link(payload.user_id, event.payload.link_id)
        case 'user.password_changed':
          return mails.passwordChanged(payload.user_id, at, id)
        case 'user.device_new':
          return mails.newDevice(payload.user_id, event.payload.session_id)
        case 'user.email_change_asked':
          return mails.changeAsked(payload.user_id, event.payload.change_id)
        case 'user.email_changed':
          return mails.changed(payload.user_id, event.payload, id)
        case 'app.allowed':
          return mails.appAllowed(payload.user_id, { grant_id: event.payload.grant_id, at })
        case 'user.hidden':
          return mails.leaving(payload.user_id, event.payload.gone_at, id)
        case 'user.factors_changed':
          return mails.factorsChanged(payload.user_id, { change: event.payload.change, at, id })
      }
    },
  }),
]
