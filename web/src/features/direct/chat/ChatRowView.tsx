import { useState } from 'react'
import { t } from '../../../things/direct/messages.ts'
import { Begin } from './Begin.tsx'
import styles from './ChatRowView.module.css'
import { clockTime, dayName } from './chat-time.ts'
import { MessageRow } from './MessageRow.tsx'
import type { ChatRow } from './message-rows.ts'
import { OutgoingRow } from './OutgoingRow.tsx'

export function ChatRowView({ row }: { row: ChatRow }) {
  switch (row.kind) {
    case 'begin':
      return <Begin />
    case 'time':
      return <TimeLine at={row.at} isNewDay={row.isNewDay} />
    case 'unread':
      return (
        <p className={styles.unread}>
          <span>{t('chat.new')}</span>
        </p>
      )
    case 'message':
      return <MessageRow id={row.id} first={row.first} last={row.last} />
    case 'outgoing':
      return <OutgoingRow outgoing={row.outgoing} first={row.first} last={row.last} />
  }
}

function TimeLine({ at, isNewDay }: { at: string; isNewDay: boolean }) {
  const [now] = useState(() => Date.now())
  return (
    <p className={styles.time}>
      <time dateTime={at}>
        {isNewDay && <strong>{dayName(at, now)} </strong>}
        {clockTime(at)}
      </time>
    </p>
  )
}
