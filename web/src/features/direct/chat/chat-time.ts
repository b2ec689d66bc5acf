import { t } from '../../../things/direct/messages.ts'
import { dateFormat } from '../../../ui/relative-time.ts'

const DAY = 86_400_000

const startOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** `14:05` */
export const clockTime = (at: string): string => dateFormat({ timeStyle: 'short' }).format(new Date(at))

/** `Today`, `Yesterday`, `Monday`, `12 March`: by the reader's days, which are not always 24 hours. */
export function dayName(at: string, now: number): string {
  const days = Math.round((startOf(now) - startOf(Date.parse(at))) / DAY)
  if (days <= 0) return t('chat.today')
  if (days === 1) return t('chat.yesterday')
  const date = new Date(at)
  if (days < 7) return dateFormat({ weekday: 'long' }).format(date)
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return dateFormat({ day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }).format(
    date,
  )
}
