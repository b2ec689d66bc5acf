import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type Authenticated, type OpenIdUnknown, TintypeError } from '@tintype/contract'
import { useEffect, useState } from 'react'
import { api } from '../../data/client.ts'
import { beginSession, useInstance } from '../../data/member.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { answerIn, type Journey, journeyBack } from '../../things/account/openid/journey.ts'
import { t } from '../../things/account/openid/messages.ts'
import { OpenIdSlot } from '../../things/account/openid/OpenIdSlot.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { toast } from '../../ui/toast.ts'
import { OpenIdSignUp } from './OpenIdSignUp.tsx'
import { refusalText, secondStepOf } from './refusals.ts'
import { SecondStep } from './SecondStep.tsx'
import { Suspended, suspensionOf } from './Suspended.tsx'

/** Where the other place sends browsers back to: says to the server what it said. */
export default function OpenIdScreen() {
  return (
    <AuthPage>
      <Back />
    </AuthPage>
  )
}

/** Answers whose session has begun; undefined where it goes on. */
async function tell({ purpose }: Journey, answer: string): Promise<Authenticated | undefined> {
  const body = { answer }
  if (purpose === 'login') return api.openId.enter({ body })
  if (purpose === 'link') await api.openId.link({ body })
  else await api.openId.prove({ body })
  return undefined
}

/** An answer is good once, so it is told once, whatever is drawn anew. */
const told = new Map<string, Promise<Authenticated | undefined>>()

function Back() {
  const name = useInstance()?.openid?.name ?? ''
  usePageTitle(t('openid.title', { name }))
  const router = useRouter()
  const [journey] = useState(journeyBack)
  const [answer] = useState(answerIn)
  const goOn = () => router.history.replace(journey.to)
  const handleEntered = (reply: Authenticated) => {
    beginSession(reply)
    goOn()
  }
  const { mutate, error, reset } = useMutation({
    mutationFn: () => {
      const telling = told.get(answer) ?? tell(journey, answer)
      told.set(answer, telling)
      return telling
    },
    onSuccess: (reply) => {
      if (reply) return handleEntered(reply)
      toast(journey.purpose === 'link' ? t('openid.linked', { name }) : t('openid.proven'))
      goOn()
    },
  })
  useEffect(() => mutate(), [mutate])
  const step = secondStepOf(error)
  if (step)
    return <SecondStep {...step} refusalText={refusalText} onDone={handleEntered} onAgain={() => reset()} />
  const suspension = suspensionOf(error)
  if (suspension) return <Suspended {...suspension} onBack={() => reset()} />
  const unknown = unknownOf(error)
  if (unknown) return <OpenIdSignUp known={unknown} onDone={handleEntered} />
  return (
    <>
      <h1 className={styles.title}>{t('openid.title', { name })}</h1>
      {error ? (
        <>
          <FormError text={refusalText(error)} />
          {journey.purpose === 'login' ? (
            <>
              <OpenIdSlot to={journey.to} />
              <ButtonLink to="/login" label={t('openid.toLogin')} tone="quiet" />
            </>
          ) : (
            <ButtonLink to="/settings/$section" params={{ section: 'security' }} label={t('openid.again')} />
          )}
        </>
      ) : (
        <p role="status">{t('openid.wait')}</p>
      )}
    </>
  )
}

function unknownOf(error: unknown): OpenIdUnknown | undefined {
  if (!(error instanceof TintypeError && error.code === 'openid_unknown' && error.details)) return undefined
  return error.details as unknown as OpenIdUnknown
}
