import { createT } from '../../kit/i18n.ts'

/** Not loaded with the app. */
export const t = createT({
  'time.over': 'Time for a break?',
  'time.overText': 'You have been here for {time} today. You wanted to know.',
  'time.ok': 'OK',
  'time.change': 'Change the reminder',
  'time.minutes': '{minutes} min',
  'time.hours': '{hours} h',
  'time.both': '{hours} h {minutes} min',
})

/** `1 h 5 min`, of whole minutes. */
export function lengthText(all: number): string {
  const [hours, minutes] = [Math.floor(all / 60), all % 60]
  if (hours === 0) return t('time.minutes', { minutes })
  return minutes === 0 ? t('time.hours', { hours }) : t('time.both', { hours, minutes })
}
