import { useMutation, useQuery } from '@tanstack/react-query'
import { challengeModes, type SecuritySettings } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { AddressRules } from './AddressRules.tsx'
import styles from './Moderation.module.css'
import { decided, securityQuery } from './queries.ts'
import { SecurityEvents } from './SecurityEvents.tsx'
import { t } from './security-messages.ts'
import { Threats } from './Threats.tsx'

const modes = challengeModes.map((value) => ({ value, label: t(`challenge.${value}`) }))

/** Who is let in, and how the community defends itself. For admins. */
export function SecuritySection() {
  const { data: settings } = useQuery(securityQuery)
  return (
    <div className={styles.stack}>
      <Threats />
      <h2 className={styles.subtitle}>{t('settings.title')}</h2>
      {settings && <Settings settings={settings} />}
      <AddressRules />
      {useMember().role === 'owner' && <SecurityEvents />}
    </div>
  )
}

function Settings({ settings }: { settings: SecuritySettings }) {
  const change = useMutation({
    mutationFn: (body: Partial<SecuritySettings>) =>
      api.security.changeSettings({ body: { ...settings, ...body } }),
    onSuccess: decided,
    onError: reportError,
  })
  return (
    <>
      <Select
        label={t('settings.challenge')}
        hint={t('settings.challengeHint')}
        value={settings.challenge}
        options={modes}
        disabled={change.isPending}
        onChange={(challenge) => change.mutate({ challenge })}
      />
      <Switch
        label={t('settings.only_listed')}
        hint={t('settings.only_listedHint')}
        checked={settings.only_listed}
        disabled={change.isPending}
        onChange={(only_listed) => change.mutate({ only_listed })}
      />
    </>
  )
}
