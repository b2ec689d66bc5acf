import type { AskingApp } from '@tintype/contract'
import { useInstance, useMember } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import styles from '../../things/account/AuthPage.module.css'
import { t as scopeText } from '../../things/apps/messages.ts'
import { ScopeList } from '../../things/apps/ScopeList.tsx'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import own from './Consent.module.css'
import { t } from './messages.ts'

interface AskedProps {
  app: AskingApp
  /** What happens after the answer, or is to be looked at before it. */
  note: string
  error: unknown
  /** Which of the two is on its way. */
  busy: boolean | undefined
  onAnswer: (allow: boolean) => void
}

/** Who asks, for what, and as whom one would answer. */
export function Asked({ app, note, error, busy, onAnswer }: AskedProps) {
  const me = useMember()
  const place = useInstance()?.name ?? ''
  return (
    <>
      <h1 className={styles.title}>{t('consent.title', { app: app.name })}</h1>
      <p className={styles.text}>
        {app.made_by ? t('consent.madeBy', { name: app.made_by, place }) : t('consent.madeByNobody')}
        {app.website && (
          <>
            {' '}
            <a className={own.link} href={app.website} rel="noreferrer nofollow">
              {URL.canParse(app.website) ? new URL(app.website).host : app.website}
            </a>
          </>
        )}
      </p>
      <p className={own.account}>
        <span className={own.as}>{t('consent.as')}</span>
        <Avatar user={me} size={32} />
        <span className={own.username}>{me.username}</span>
      </p>
      <section className={own.card} aria-labelledby="what">
        <h2 id="what" className={own.what}>
          {scopeText('scopes.what')}
        </h2>
        <ScopeList scopes={app.scopes} label={scopeText('scopes.what')} />
      </section>
      <p className={own.note}>{t('consent.never')}</p>
      <p className={own.note}>{note}</p>
      {error !== null && <FormError text={errorText(error)} />}
      <div className={own.answers}>
        <Button
          label={t('consent.deny')}
          size="large"
          wide
          busy={busy === false}
          disabled={busy === true}
          onPress={() => onAnswer(false)}
        />
        <Button
          label={t('consent.allow')}
          tone="primary"
          size="large"
          wide
          busy={busy === true}
          disabled={busy === false}
          onPress={() => onAnswer(true)}
        />
      </div>
    </>
  )
}
