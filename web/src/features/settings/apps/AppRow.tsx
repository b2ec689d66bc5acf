import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { App } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { reportError } from '../../../data/report-error.ts'
import { scopesText } from '../../../things/apps/ScopeList.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { toast } from '../../../ui/toast.ts'
import { AppForm } from './AppForm.tsx'
import styles from './Apps.module.css'
import { developerKeys } from './keys.ts'
import { t } from './messages.ts'
import type { Secret } from './SecretOnce.tsx'

/** One of the member's own apps, and what can be done with it. */
export function AppRow({ app, onSecret }: { app: App; onSecret: (secret: Secret) => void }) {
  const { app_id, name, scopes, confidential } = app
  const queries = useQueryClient()
  const [doing, setDoing] = useState<'edit' | 'remove' | 'secret' | null>(null)
  const end = () => setDoing(null)
  const remove = useMutation({
    mutationFn: () => api.developer.remove({ params: { app_id } }),
    onMutate: end,
    onSuccess: () => toast(t('dev.removed')),
    onError: reportError,
    onSettled: () => queries.invalidateQueries({ queryKey: developerKeys.apps }),
  })
  const renew = useMutation({
    mutationFn: () => api.developer.renewSecret({ params: { app_id } }),
    onMutate: end,
    onSuccess: ({ client_secret }) =>
      onSecret({ label: t('dev.secretLabel'), value: client_secret ?? '', of: name }),
    onError: reportError,
  })
  return (
    <li className={styles.entry}>
      <p className={styles.name}>{name}</p>
      <p className={styles.detail}>{scopesText(scopes)}</p>
      <p className={styles.detail}>
        {t('dev.id')} <code className={styles.value}>{app_id}</code>
      </p>
      {doing === 'edit' ? (
        <AppForm app={app} onDone={end} />
      ) : (
        <div className={styles.row}>
          <Button
            label={t('dev.edit')}
            describe={t('dev.editOf', { name })}
            size="small"
            onPress={() => setDoing('edit')}
          />
          {confidential && (
            <Button
              label={t('dev.secret')}
              describe={t('dev.secretOf', { name })}
              size="small"
              busy={renew.isPending}
              onPress={() => setDoing('secret')}
            />
          )}
          <Button
            label={t('dev.remove')}
            describe={t('dev.removeOf', { name })}
            size="small"
            busy={remove.isPending}
            onPress={() => setDoing('remove')}
          />
        </div>
      )}
      <ConfirmDialog
        open={doing === 'remove'}
        onClose={end}
        title={t('dev.removeTitle', { name })}
        text={t('dev.removeText')}
        action={t('dev.remove')}
        onConfirm={() => remove.mutate()}
      />
      <ConfirmDialog
        open={doing === 'secret'}
        onClose={end}
        title={t('dev.secretTitle', { name })}
        text={t('dev.secretText')}
        action={t('dev.secret')}
        onConfirm={() => renew.mutate()}
      />
    </li>
  )
}
