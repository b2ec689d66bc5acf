import { useMutation } from '@tanstack/react-query'
import type { PrivateLink } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import { copyText } from '../post/share.ts'
import { whenText } from '../scheduling/when.ts'
import styles from './Links.module.css'
import { readLinksAgain } from './links-query.ts'
import { t } from './messages.ts'

/** One of them: how it opens, how often it did, and what to do with it. */
export function LinkRow({ link }: { link: PrivateLink }) {
  const { link_id, path, has_password, expires_at, works, opened_count, created_at } = link
  const when = whenText(created_at)
  const revoke = useMutation({
    mutationFn: () => api.links.revoke({ params: { link_id } }),
    onSuccess: () => toast(t('revoked')),
    onError: reportError,
    onSettled: readLinksAgain,
  })
  const terms = [
    expires_at ? t('until', { when: whenText(expires_at) }) : t('ever'),
    ...(has_password ? [t('protected')] : []),
  ]
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <p className={styles.opened}>{t('opened', { count: opened_count })}</p>
        <p className={works ? styles.hint : styles.ended}>{works ? terms.join(', ') : t('ended')}</p>
      </div>
      <div className={styles.buttons}>
        {works && (
          <Button
            label={t('copy')}
            describe={t('copy.label', { when })}
            size="small"
            onPress={() => void copyText(new URL(path, location.origin).href)}
          />
        )}
        <Button
          label={t('revoke')}
          describe={t('revoke.label', { when })}
          size="small"
          tone="danger"
          busy={revoke.isPending}
          onPress={() => revoke.mutate()}
        />
      </div>
    </div>
  )
}
