import type { NoticePreferences } from '@tintype/contract'
import { zoneName } from '../../../things/scheduling/when.ts'
import { Button } from '../../../ui/Button.tsx'
import { dateFormat } from '../../../ui/relative-time.ts'
import { Switch } from '../../../ui/Switch.tsx'
import styles from '../NotificationsSection.module.css'
import type { ChangePreferences } from '../use-preferences.ts'
import { t } from './messages.ts'
import own from './Weekly.module.css'

interface WeeklyProps {
  chosen: NoticePreferences
  onChange: ChangePreferences
}

/** 1 January 2024 was a Monday. */
const nameOf = (day: number, weekday: 'short' | 'long') =>
  dateFormat({ weekday }).format(new Date(2024, 0, day))
const week = [1, 2, 3, 4, 5, 6, 7]

/** Turning it on takes the clock of this device; another device may stand elsewhere. */
export function Weekly({ chosen: { quiet_hours, time_zone }, onChange }: WeeklyProps) {
  const here = zoneName()
  const { enabled, days } = quiet_hours
  const set = (part: Partial<NoticePreferences['quiet_hours']>) =>
    onChange({ quiet_hours: { ...quiet_hours, ...part }, ...(part.enabled ? { time_zone: here } : {}) })
  const turn = (day: number, on: boolean) =>
    set({ days: week.filter((one) => (one === day ? on : days.includes(one))) })
  return (
    <section className={styles.part} aria-label={t('quiet.weekly')}>
      <Switch
        label={t('quiet.weekly')}
        hint={t('quiet.weeklyHint', { zone: enabled ? time_zone : here })}
        checked={enabled}
        onChange={(on) => set({ enabled: on })}
      />
      {enabled && (
        <>
          <fieldset className={own.days} aria-label={t('quiet.days')}>
            {week.map((day) => (
              <label key={day} className={own.day}>
                <input
                  type="checkbox"
                  aria-label={nameOf(day, 'long')}
                  checked={days.includes(day)}
                  onChange={(event) => turn(day, event.target.checked)}
                />
                <span aria-hidden>{nameOf(day, 'short')}</span>
              </label>
            ))}
          </fieldset>
          <div className={styles.times}>
            {(['from', 'to'] as const).map((end) => (
              <label key={end} className={styles.time}>
                {t(`quiet.${end}`)}
                <input
                  type="time"
                  value={quiet_hours[end]}
                  onChange={(event) => event.target.value && set({ [end]: event.target.value })}
                />
              </label>
            ))}
          </div>
          {time_zone !== here && (
            <Button label={t('quiet.here', { zone: here })} onPress={() => onChange({ time_zone: here })} />
          )}
        </>
      )}
    </section>
  )
}
