import type { Notification } from '@tintype/contract'
import { t } from './messages.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY

export type Row = { kind: 'heading'; text: string } | { kind: 'item'; item: Notification }

const sectionOf = (item: Notification, now: number, fresh: ReadonlySet<string>): string => {
  if (fresh.has(item.group_id)) return t('notifications.new')
  const age = now - Date.parse(item.created_at)
  if (age < DAY) return t('notifications.today')
  if (age < WEEK) return t('notifications.week')
  return t('notifications.earlier')
}

/** Puts a heading before each stretch of time. `fresh`: what was unread when the screen opened. */
export function sectionsOf(items: readonly Notification[], now: number, fresh: ReadonlySet<string>): Row[] {
  const rows: Row[] = []
  let last = ''
  for (const item of items) {
    const text = sectionOf(item, now, fresh)
    if (text !== last) rows.push({ kind: 'heading', text })
    last = text
    rows.push({ kind: 'item', item })
  }
  return rows
}
