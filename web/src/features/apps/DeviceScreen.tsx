import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CrookedFrame } from '../../ui/drawings/CrookedFrame.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { Asked } from './Asked.tsx'
import { t } from './messages.ts'
import { useTextSearch } from './use-text-search.ts'

/** As the device shows it: `BDFG-HJKL`. */
const plain = (code: string) => code.toUpperCase().replaceAll(/[^A-Z]/g, '')
const shown = (code: string) => `${plain(code).slice(0, 4)}-${plain(code).slice(4)}`

/** Log-in of what has no browser: its member types its code here. A code in the address is asked about as one that was typed is. */
export function DeviceScreen() {
  usePageTitle(t('device.title'))
  const code = useTextSearch('code')
  return <AuthPage>{code ? <Device key={code} code={code} /> : <Ask />}</AuthPage>
}

function Ask({ error }: { error?: unknown }) {
  const { history } = useRouter()
  const [code, setCode] = useState('')
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (plain(code).length === 8) history.push(`/oauth/activate?code=${shown(code)}`)
  }
  return (
    <>
      <h1 className={styles.title}>{t('device.title')}</h1>
      <p className={styles.text}>{t('device.text')}</p>
      <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
        {error !== undefined && <FormError text={errorText(error)} />}
        <TextField
          label={t('device.code')}
          placeholder="BDFG-HJKL"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={12}
          value={code}
          onChange={setCode}
        />
        <Button label={t('device.next')} type="submit" tone="primary" size="large" wide />
      </form>
    </>
  )
}

function Device({ code }: { code: string }) {
  const query = useQuery({
    queryKey: ['device', code],
    queryFn: () => api.apps.askedByDevice({ query: { user_code: plain(code).padEnd(8, 'A') } }),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
  const answer = useMutation({
    mutationFn: (allow: boolean) => api.apps.answerDevice({ body: { user_code: plain(code), allow } }),
  })
  if (answer.isSuccess) return <Answered allowed={answer.variables} />
  if (query.isPending) return <Spinner />
  if (query.isError) return <Ask error={query.error} />
  return (
    <Asked
      app={query.data}
      note={t('device.check', { code: shown(code) })}
      error={answer.error}
      busy={answer.isPending ? answer.variables : undefined}
      onAnswer={(allow) => answer.mutate(allow)}
    />
  )
}

const Answered = ({ allowed }: { allowed: boolean }) => (
  <EmptyState
    main
    drawing={allowed ? <FilmEnd /> : <CrookedFrame />}
    title={t(allowed ? 'device.allowed' : 'device.denied')}
    text={t(allowed ? 'device.allowedText' : 'device.deniedText')}
    action={<ButtonLink to="/" label={t('consent.home')} />}
  />
)
