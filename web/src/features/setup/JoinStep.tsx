import type { FormEvent } from 'react'
import auth from '../../things/account/AuthPage.module.css'
import { joinOptions, stepsOf } from '../../things/account/join-options.ts'
import { t } from '../../things/account/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import type { Place } from './place.ts'
import styles from './StepHead.module.css'
import { StepHead } from './StepHead.tsx'

interface JoinStepProps {
  place: Place
  onChange: (part: Partial<Place>) => void
  onBack: () => void
  onNext: () => void
}

export function JoinStep({ place, onChange, onBack, onNext }: JoinStepProps) {
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    onNext()
  }
  return (
    <form className={auth.form} onSubmit={handleSubmit}>
      <StepHead n={2} of={stepsOf(place)} title={t('setup.join.title')} text={t('setup.join.text')} />
      <Choice
        label={t('join.label')}
        value={place.registration}
        options={joinOptions}
        onChange={(registration) => onChange({ registration })}
      />
      <div className={styles.actions}>
        <Button label={t('setup.back')} size="large" onPress={onBack} />
        <Button label={t('setup.next')} type="submit" tone="primary" size="large" wide />
      </div>
    </form>
  )
}
