import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { TintypeError } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { meQuery } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'
import { errorText } from '../../data/report-error.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { Safelight } from '../../ui/drawings/Safelight.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { t } from './messages.ts'

export function VerifyEmail() {
  const { token } = useSearch({ from: '/verify-email' })
  return (
    <Asked
      token={token}
      act={(given) => api.accounts.verifyEmail({ body: { token: given } })}
      title={t('verify.title')}
      text={t('verify.text')}
      action={t('verify.action')}
      done={() => ({ title: t('verify.done'), text: t('verify.doneText') })}
    />
  )
}

export function ConfirmEmail() {
  const { token } = useSearch({ from: '/confirm-email' })
  return (
    <Asked
      token={token}
      act={(given) => api.accounts.confirmEmail({ body: { token: given } })}
      title={t('confirm.title')}
      text={t('confirm.text')}
      action={t('confirm.action')}
      done={({ email, waiting_for: [side] }) =>
        side
          ? {
              title: t('confirm.half'),
              text: side === 'old' ? t('confirm.halfOld') : t('confirm.halfNew', { email }),
            }
          : { title: t('confirm.done'), text: t('confirm.doneText', { email }) }
      }
    />
  )
}

export function Unsubscribe() {
  const { token } = useSearch({ from: '/unsubscribe' })
  return (
    <Asked
      token={token}
      act={(given) => api.mails.unsubscribe({ body: { token: given } })}
      title={t('unsubscribe.title')}
      text={t('unsubscribe.text')}
      action={t('unsubscribe.action')}
      done={() => ({ title: t('unsubscribe.done'), text: t('unsubscribe.doneText') })}
    />
  )
}

interface AskedProps<R> {
  token: string | undefined
  act: (token: string) => Promise<R>
  title: string
  text: string
  action: string
  done: (reply: R) => { title: string; text: string }
}

/** Opening a link changes nothing, as programs open links before people do; pressing does. */
function Asked<R>({ token, act, title, text, action, done }: AskedProps<R>) {
  usePageTitle(title)
  const say = useMutation({
    mutationFn: act,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
  if (!token || (say.error instanceof TintypeError && say.error.code === 'link_invalid'))
    return (
      <AuthPage>
        <LinkBad to="/" label={t('link.home')} />
      </AuthPage>
    )
  if (say.isSuccess)
    return (
      <AuthPage>
        <EmptyState
          main
          drawing={<Safelight />}
          {...done(say.data)}
          action={<ButtonLink to="/" label={t('link.home')} />}
        />
      </AuthPage>
    )
  return (
    <AuthPage>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{text}</p>
      <div className={styles.form}>
        {say.error && <FormError text={errorText(say.error)} />}
        <Button
          label={action}
          tone="primary"
          size="large"
          wide
          busy={say.isPending}
          onPress={() => say.mutate(token)}
        />
      </div>
    </AuthPage>
  )
}

export function LinkBad({ to, label }: { to: '/' | '/forgot-password'; label: string }) {
  return (
    <EmptyState
      main
      drawing={<FilmEnd />}
      title={t('link.bad')}
      text={t('link.badText')}
      action={<ButtonLink to={to} label={label} />}
    />
  )
}
