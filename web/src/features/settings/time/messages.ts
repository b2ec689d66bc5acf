import { createT } from '../../../kit/i18n.ts'

/** Loaded with settings, not with the app. */
export const t = createT({
  'time.title': 'Time spent',
  'time.text':
    'How long this community is on the screen of this browser. It is counted here and stays here: nobody else is told, and other devices count for themselves. It is forgotten when you log out.',
  'time.today': 'Today',
  'time.days': 'The last seven days',
  'time.reminder': 'Daily reminder',
  'time.reminderHint':
    'Once a day on each device, when you have been there for so long. Your devices share this choice.',
  'time.off': 'Off',
})
