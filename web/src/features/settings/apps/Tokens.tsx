import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PersonalToken, Scope } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../../data/client.ts'
import { errorText, reportUnlessGone } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import account from '../../../things/account/Sections.module.css'
import { scopesText } from '../../../things/apps/ScopeList.tsx'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { longDate } from '../../../ui/relative-time.ts'
import { Select } from '../../../ui/Select.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { toast } from '../../../ui/toast.ts'
import styles from './Apps.module.css'
import { developerKeys } from './keys.ts'
import { t } from './messages.ts'
import { ScopeBoxes } from './ScopeBoxes.tsx'
import { type Secret, SecretOnce } from './SecretOnce.tsx'
import { LastUsed } from './when.tsx'

/** Tokens for scripts of one's own. */
export function Tokens() {
  const query = useQuery({ queryKey: developerKeys.tokens, queryFn: () => api.developer.tokens() })
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<Secret | null>(null)
  if (query.isPending) return <PeopleSkeleton rows={1} />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  return (
    <section className={account.form} aria-labelledby="tokens">
      <h2 id="tokens" className={account.subtitle}>
        {t('tokens.title')}
      </h2>
      <p className={account.note}>{t('tokens.text')}</p>
      {query.data.length > 0 && (
        <ul className={styles.list} aria-label={t('tokens.list')}>
          {query.data.map((token) => (
            <Row key={token.token_id} token={token} />
          ))}
        </ul>
      )}
      {secret && <SecretOnce secret={secret} onDone={() => setSecret(null)} />}
      {adding ? (
        <NewToken
          onDone={(made) => {
            setAdding(false)
            if (made) setSecret(made)
          }}
        />
      ) : (
        <div className={account.start}>
          <Button label={t('tokens.new')} onPress={() => setAdding(true)} />
        </div>
      )}
    </section>
  )
}

const lifetimes = ['30', '90', '365', 'forever'] as const
type Lifetime = (typeof lifetimes)[number]
const lifetimeLabels = {
  30: t('tokens.days30'),
  90: t('tokens.days90'),
  365: t('tokens.days365'),
  forever: t('tokens.forever'),
}

function NewToken({ onDone }: { onDone: (made?: Secret) => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['read'])
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const [tried, setTried] = useState(false)
  const create = useMutation({
    mutationFn: () => {
      const days = lifetime === 'forever' ? null : Number(lifetime)
      return api.developer.createToken({ body: { name: name.trim(), scopes, days } })
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: developerKeys.tokens })
      onDone({ label: t('tokens.label'), value: made.token, of: made.name })
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() && scopes.length > 0) create.mutate()
  }
  return (
    <form className={account.form} method="post" onSubmit={handleSubmit} noValidate>
      {create.error && <FormError text={errorText(create.error)} />}
      <TextField label={t('tokens.name')} maxLength={60} required autoFocus value={name} onChange={setName} />
      <Select
        label={t('tokens.days')}
        value={lifetime}
        options={lifetimes.map((value) => ({ value, label: lifetimeLabels[value] }))}
        onChange={setLifetime}
      />
      <ScopeBoxes
        label={t('dev.scopes')}
        value={scopes}
        missing={tried && scopes.length === 0}
        onChange={setScopes}
      />
      <div className={styles.row}>
        <Button label={t('tokens.create')} type="submit" tone="ink" busy={create.isPending} />
        <Button label={t('dev.cancel')} onPress={() => onDone()} />
      </div>
    </form>
  )
}

function Row({ token }: { token: PersonalToken }) {
  const { token_id, name, scopes, expires_at, last_used_at } = token
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => api.developer.revokeToken({ params: { token_id } }),
    onMutate: () => setAsking(false),
    onSuccess: () => toast(t('tokens.revoked')),
    onError: reportUnlessGone,
    onSettled: () => queries.invalidateQueries({ queryKey: developerKeys.tokens }),
  })
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <div className={styles.text}>
          <p className={styles.name}>{name}</p>
          <p className={styles.detail}>{scopesText(scopes)}</p>
          <p className={styles.detail}>
            {expires_at === null ? t('tokens.noEnd') : t('tokens.until', { date: longDate(expires_at) })} ·{' '}
            <LastUsed at={last_used_at} />
          </p>
        </div>
        <Button
          label={t('tokens.revoke')}
          describe={t('tokens.revokeOf', { name })}
          size="small"
          busy={revoke.isPending}
          onPress={() => setAsking(true)}
        />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('tokens.revokeTitle', { name })}
        text={t('tokens.revokeText')}
        action={t('tokens.revoke')}
        onConfirm={() => revoke.mutate()}
      />
    </li>
  )
}
