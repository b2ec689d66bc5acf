import type { Announcement } from '@tintype/contract'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { DeleteDialog } from '../../shell/DeleteDialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { longDate } from '../../ui/relative-time.ts'
import { toast } from '../../ui/toast.ts'
import styles from './AnnouncementsScreen.module.css'
import { takeBack } from './announcement-list.ts'
import { t } from './messages.ts'

interface AnnouncementItemProps {
  item: Announcement
  canDelete: boolean
}

export function AnnouncementItem({ item, canDelete }: AnnouncementItemProps) {
  const [asking, setAsking] = useState(false)
  const date = longDate(item.created_at)
  return (
    <article className={styles.one}>
      <time dateTime={item.created_at} className={styles.time}>
        {date}
      </time>
      {canDelete && (
        <IconButton
          icon={Trash2}
          size="small"
          label={t('delete', { date })}
          onPress={() => setAsking(true)}
        />
      )}
      <p className={styles.text}>{item.text}</p>
      {canDelete && (
        <DeleteDialog
          open={asking}
          onClose={() => setAsking(false)}
          title={t('deleteTitle')}
          text={t('deleteText')}
          remove={() => takeBack(item.announcement_id)}
          onRemoved={() => toast(t('deleted'))}
        />
      )}
    </article>
  )
}
