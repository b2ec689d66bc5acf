import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import account from '../../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { AppForm } from './AppForm.tsx'
import { AppRow } from './AppRow.tsx'
import styles from './Apps.module.css'
import { developerKeys } from './keys.ts'
import { t } from './messages.ts'
import { type Secret, SecretOnce } from './SecretOnce.tsx'
import { Tokens } from './Tokens.tsx'

/** For members who write apps: those they have made, and tokens for scripts of their own. */
export function DeveloperSection() {
  return (
    <div className={account.form}>
      <Apps />
      <Tokens />
    </div>
  )
}

function Apps() {
  const query = useQuery({ queryKey: developerKeys.apps, queryFn: () => api.developer.apps() })
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<Secret | null>(null)
  if (query.isPending) return <PeopleSkeleton rows={2} />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  return (
    <section className={account.form} aria-labelledby="your-apps">
      <h2 id="your-apps" className={account.subtitle}>
        {t('dev.apps')}
      </h2>
      <p className={account.note}>
        {t('dev.text')}{' '}
        <a href="/docs/" target="_blank" rel="noreferrer" className={styles.link}>
          {t('dev.docs')}
        </a>
      </p>
      {query.data.length > 0 && (
        <ul className={styles.list} aria-label={t('dev.apps')}>
          {query.data.map((app) => (
            <AppRow key={app.app_id} app={app} onSecret={setSecret} />
          ))}
        </ul>
      )}
      {secret && <SecretOnce secret={secret} onDone={() => setSecret(null)} />}
      {adding ? (
        <AppForm
          onDone={(made) => {
            setAdding(false)
            if (made?.client_secret)
              setSecret({ label: t('dev.secretLabel'), value: made.client_secret, of: made.app.name })
          }}
        />
      ) : (
        <div className={account.start}>
          <Button label={t('dev.new')} onPress={() => setAdding(true)} />
        </div>
      )}
    </section>
  )
}
