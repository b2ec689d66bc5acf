import { useState } from 'react'
import { openComposer } from '../../../shell/composer-slot.ts'
import styles from '../../../things/composing/Chip.module.css'
import { failureWords } from '../../../things/composing/failure-words.ts'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { useComposer } from '../composer-context.ts'
import type { Publication } from '../publishing/publication.ts'
import { BitmapImage } from './BitmapImage.tsx'
import { t } from './messages.ts'

/** Why a post did not come about, and the ways on. Nothing of it is lost meanwhile. */
export function FailedPublication({ publication }: { publication: Publication }) {
  const { session, publisher } = useComposer()
  const [asking, setAsking] = useState(false)
  const { id, failure, failedFile, fileIds, thumbnail } = publication
  const at = failedFile && fileIds.length > 1 ? fileIds.indexOf(failedFile) : -1
  const { text, remedy } = failureWords(failure ?? 'internal', at < 0 ? undefined : t('file', { n: at + 1 }))
  const handleEdit = () => {
    session.takeBack(id)
    openComposer()
  }
  return (
    <article className={styles.chip}>
      <div className={styles.head}>
        {thumbnail && <BitmapImage bitmap={thumbnail} className={styles.thumb} />}
        <div className={styles.words} role="alert">
          <p className={styles.title}>{t('failed')}</p>
          <p className={styles.reason}>{text}</p>
        </div>
      </div>
      <div className={styles.ways}>
        <Button label={t('discard')} tone="quiet" size="small" onPress={() => setAsking(true)} />
        <Button
          label={t('edit')}
          tone={remedy === 'edit' ? 'primary' : 'plain'}
          size="small"
          onPress={handleEdit}
        />
        {remedy === 'retry' && (
          <Button label={t('retry')} tone="primary" size="small" onPress={() => publisher.retry(id)} />
        )}
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('discardTitle')}
        text={t('discardText')}
        action={t('discard')}
        onConfirm={() => publisher.discard(id)}
      />
    </article>
  )
}
