import { dailyReminders } from '@tintype/contract'
import { meQuery, useMember } from '../../../data/member.ts'
import { queryClient } from '../../../data/query-client.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import account from '../../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { useTime } from '../../../things/time/kept.ts'
import { lengthText } from '../../../things/time/messages.ts'
import { lastDays, minutesOn } from '../../../things/time/spent.ts'
import { dateFormat } from '../../../ui/relative-time.ts'
import { Select } from '../../../ui/Select.tsx'
import { usePreferences } from '../use-preferences.ts'
import { t } from './messages.ts'
import styles from './TimeSection.module.css'

const options = [
  { value: '', label: t('time.off') },
  ...dailyReminders.map((minutes) => ({ value: String(minutes), label: lengthText(minutes) })),
]

/** How long one was here, and after how much of it one is reminded. */
export function TimeSection() {
  const { query, change } = usePreferences(() => queryClient.invalidateQueries(meQuery))
  if (query.isPending) return <PeopleSkeleton rows={4} />
  if (!query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  const { daily_reminder } = query.data
  return (
    <div className={account.form}>
      <Days />
      <Select
        label={t('time.reminder')}
        hint={t('time.reminderHint')}
        value={String(daily_reminder ?? '')}
        options={options}
        onChange={(chosen) =>
          change({ daily_reminder: dailyReminders.find((minutes) => String(minutes) === chosen) ?? null })
        }
      />
    </div>
  )
}

function Days() {
  const spent = useTime(useMember().user_id)
  const days = lastDays(new Date()).map((day) => ({ day, minutes: minutesOn(spent, day) }))
  const most = Math.max(1, ...days.map(({ minutes }) => minutes))
  return (
    <section aria-label={t('time.days')} className={styles.part}>
      <p className={account.note}>{t('time.text')}</p>
      <ul className={styles.days}>
        {days.toReversed().map(({ day, minutes }, at) => (
          <li key={day.getTime()} className={styles.day}>
            <span>{at === 0 ? t('time.today') : dateFormat({ weekday: 'long' }).format(day)}</span>
            <span aria-hidden className={styles.track}>
              <span className={styles.bar} style={{ inlineSize: `${(minutes / most) * 100}%` }} />
            </span>
            <span className={styles.length}>{lengthText(minutes)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
