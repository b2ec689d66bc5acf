import { useEffect, useState } from 'react'
import { useMember } from '../../data/member.ts'
import { keepTime } from './kept.ts'
import { ReminderDialog } from './ReminderDialog.tsx'
import { dayOf, isDue, minutesOn, whileSeen, withSpan } from './spent.ts'

/** Counts the time that the app is on the screen, and reminds the member who asked for it. */
export function TimeSlot() {
  const { user_id, daily_reminder } = useMember()
  const [minutes, setMinutes] = useState(0)
  const [isOver, setOver] = useState(false)
  useEffect(
    () =>
      whileSeen((now) => {
        const spent = keepTime(user_id, (before) => withSpan(before, now))
        // Of several windows on a screen one has the focus.
        if (!isDue(spent, daily_reminder, now) || !document.hasFocus()) return
        keepTime(user_id, () => ({ ...spent, reminded: dayOf(now) }))
        setMinutes(minutesOn(spent, now))
        setOver(true)
      }),
    [user_id, daily_reminder],
  )
  return <ReminderDialog open={isOver} minutes={minutes} onClose={() => setOver(false)} />
}
