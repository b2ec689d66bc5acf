import { useMutation, useQuery } from '@tanstack/react-query'
import type { SecuritySettings } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { Switch } from '../../ui/Switch.tsx'
import { AddressRules } from './AddressRules.tsx'
import styles from './Moderation.module.css'
import { decided, securityQuery } from './queries.ts'
import { t } from './security-messages.ts'

/** Who is let in, and how the community defends itself. For admins. */
export function SecuritySection() {
  const { data: settings } = useQuery(securityQuery)
  return (
    <div className={styles.stack}>
      <h2 className={styles.subtitle}>{t('settings.title')}</h2>
      {settings && <Settings settings={settings} />}
      <AddressRules />
    </div>
  )
}

function Settings({ settings }: { settings: SecuritySettings }) {
  const change = useMutation({
    mutationFn: (body: SecuritySettings) => api.security.changeSettings({ body }),
    onSuccess: decided,
    onError: reportError,
  })
  return (
    <Switch
      label={t('settings.only_listed')}
      hint={t('settings.only_listedHint')}
      checked={settings.only_listed}
      disabled={change.isPending}
      onChange={(only_listed) => change.mutate({ ...settings, only_listed })}
    />
  )
}
