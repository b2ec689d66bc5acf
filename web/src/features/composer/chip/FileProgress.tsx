import { fractionOf, type Transfer } from '../../../upload/transfer.ts'
import styles from './FileProgress.module.css'
import { t } from './messages.ts'

interface FileProgressProps {
  fileIds: readonly string[]
  transfers: ReadonlyMap<string, Transfer>
}

export function FileProgress({ fileIds, transfers }: FileProgressProps) {
  return (
    <ol className={styles.files} aria-label={t('files')}>
      {fileIds.map((id, index) => {
        const transfer = transfers.get(id)
        const fraction = transfer ? fractionOf(transfer) : 0
        return (
          <li key={id} className={styles.file}>
            <span>{t('file', { n: index + 1 })}</span>
            <progress
              className={styles.bar}
              value={fraction}
              max={1}
              aria-label={t('file', { n: index + 1 })}
            />
            <span className={styles.state}>{stateOf(transfer, fraction)}</span>
          </li>
        )
      })}
    </ol>
  )
}

function stateOf(transfer: Transfer | undefined, fraction: number): string {
  if (transfer?.phase === 'arrived') return t('arrived')
  if (transfer?.phase === 'failed') return t('broken')
  return fraction === 0 ? t('waiting') : t('percent', { n: Math.round(fraction * 100) })
}
