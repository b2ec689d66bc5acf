import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Judging } from './judging.ts'
import type { ModerationMails } from './mails.ts'
import type { Recognising } from './recognising.ts'
import type { SpamCases } from './spam/spam-cases.ts'

export const moderationConsumers = (
  mails: ModerationMails,
  recognising: Pick<Recognising, 'learn' | 'forget' | 'report'>,
  judging: Pick<Judging, 'judge'>,
  spam: Pick<SpamCases, 'report'>,
): Consumer[] => [
  // A mail server may be away for hours: the pauses between tries grow to a minute.
  consumer({
    group: 'moderation.mails',
    types: ['moderation.acted', 'moderation.lifted', 'moderation.appeal_refused'],
    maxAttempts: 200,
    async handle({ type, payload: { user_id, act_id } }) {
      const what = { 'moderation.acted': 'acted', 'moderation.lifted': 'lifted' } as const
      await mails.tell(user_id, act_id, type === 'moderation.appeal_refused' ? 'refused' : what[type])
    },
  }),
  consumer({
    group: 'moderation.scores',
    types: ['media.scored'],
    // What is held has to be made first.
    maxAttempts: 60,
    handle: ({ payload }) => judging.judge(payload),
  }),
  consumer({
    group: 'moderation.spam',
    types: ['moderation.spam_found'],
    handle: ({ payload }) => spam.report(payload),
  }),
  consumer({
    group: 'moderation.pictures',
    types: ['moderation.acted', 'moderation.lifted', 'media.recognised'],
    async handle({ type, payload }) {
      if (type === 'media.recognised') await recognising.report(payload)
      else if (type === 'moderation.acted') await recognising.learn(payload.act_id)
      else await recognising.forget(payload.act_id)
    },
  }),
]
