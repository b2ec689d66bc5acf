import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { instanceQuery, useInstance, useMe } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { openComposer } from '../../shell/composer-slot.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { stepsOf } from '../../things/account/join-options.ts'
import { t } from '../../things/account/messages.ts'
import { useRegister } from '../../things/account/use-register.ts'
import { InviteStep } from './InviteStep.tsx'
import { JoinStep } from './JoinStep.tsx'
import { OwnerStep } from './OwnerStep.tsx'
import { PlaceStep } from './PlaceStep.tsx'
import type { Place } from './place.ts'
import { WelcomeStep } from './WelcomeStep.tsx'

type Step = 'place' | 'join' | 'owner' | 'invite' | 'welcome'

/** The first run. What was chosen is sent once the owner's account exists, in one go with it. */
export default function SetupScreen() {
  usePageTitle(t('setup.title'))
  const queries = useQueryClient()
  const navigate = useNavigate()
  const known = useInstance()
  const me = useMe()
  const [step, setStep] = useState<Step>('place')
  const [place, setPlace] = useState<Place>({ name: '', description: '', registration: 'open' })
  const finish = async () => {
    const instance = await api.community.update({ body: place }).catch(reportError)
    if (instance) queries.setQueryData(instanceQuery.queryKey, instance)
    setStep(place.registration === 'closed' ? 'welcome' : 'invite')
  }
  const form = useRegister({}, () => void finish())
  // Somebody set it up before, in another tab or on another device.
  if (known?.is_set_up && step !== 'welcome' && step !== 'invite' && !form.busy && !me)
    return <Navigate to="/login" />
  const leave = (compose: boolean) => {
    void navigate({ to: '/', replace: true })
    if (compose) openComposer()
  }
  const change = (part: Partial<Place>) => setPlace({ ...place, ...part })
  return (
    <AuthPage>
      {step === 'place' && <PlaceStep place={place} onChange={change} onNext={() => setStep('join')} />}
      {step === 'join' && (
        <JoinStep
          place={place}
          onChange={change}
          onBack={() => setStep('place')}
          onNext={() => setStep('owner')}
        />
      )}
      {step === 'owner' && <OwnerStep steps={stepsOf(place)} form={form} onBack={() => setStep('join')} />}
      {step === 'invite' && <InviteStep place={place} onNext={() => setStep('welcome')} />}
      {step === 'welcome' && <WelcomeStep name={place.name} onLeave={leave} />}
    </AuthPage>
  )
}
