import { createT } from '../../../kit/i18n.ts'

/** Loaded with settings, not with the app. */
export const t = createT({
  'limit.title': 'Limit interactions',
  'limit.text':
    'When a crowd comes that you do not know, hold it off for a while. Comments on your posts wait until you approve them, messages are requests, tags wait, and nothing of it notifies you. They are not told. People whom you follow are never held back.',
  'limit.accounts': 'Whom to hold back',
  'limit.both': 'Both',
  'limit.bothHint': 'Who does not follow you, and who began to in the week before, or begins now.',
  'limit.strangers': 'Accounts that do not follow you',
  'limit.strangersHint': 'Your followers comment and write as before.',
  'limit.new_followers': 'New followers',
  'limit.new_followersHint': 'Who began to follow you in the week before, or begins now.',
  'limit.days': 'For how long',
  'limit.day': '1 day',
  'limit.threeDays': '3 days',
  'limit.week': '1 week',
  'limit.twoWeeks': '2 weeks',
  'limit.fourWeeks': '4 weeks',
  'limit.set': 'Limit for now',
  'limit.change': 'Change',
  'limit.lift': 'End it now',
  'limit.on': 'On until {time}',
  'limit.onText':
    'It ends by itself. What is held until then waits for you under Posts and comments, and among your requests.',
  'limit.saved': 'Limited until {time}',
  'limit.lifted': 'No longer limited',
})
