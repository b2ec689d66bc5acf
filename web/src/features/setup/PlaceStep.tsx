import { type FormEvent, useState } from 'react'
import auth from '../../things/account/AuthPage.module.css'
import { stepsOf } from '../../things/account/join-options.ts'
import { t } from '../../things/account/messages.ts'
import { useErrorFocus } from '../../things/account/use-error-focus.ts'
import { Button } from '../../ui/Button.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { Place } from './place.ts'
import { StepHead } from './StepHead.tsx'

interface PlaceStepProps {
  place: Place
  onChange: (part: Partial<Place>) => void
  onNext: () => void
}

export function PlaceStep({ place, onChange, onNext }: PlaceStepProps) {
  const [tries, setTries] = useState(0)
  const form = useErrorFocus(tries)
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (place.name.trim()) onNext()
    else setTries(tries + 1)
  }
  return (
    <form ref={form} className={auth.form} onSubmit={handleSubmit} noValidate>
      <StepHead n={1} of={stepsOf(place)} title={t('setup.place.title')} text={t('setup.place.text')} />
      <TextField
        label={t('setup.place.name')}
        placeholder={t('setup.place.namePlaceholder')}
        maxLength={60}
        value={place.name}
        onChange={(name) => onChange({ name })}
        error={tries > 0 && !place.name.trim() ? t('field.required') : undefined}
      />
      <TextArea
        label={t('setup.place.description')}
        maxLength={300}
        value={place.description}
        onChange={(description) => onChange({ description })}
      />
      <Button label={t('setup.next')} type="submit" tone="primary" size="large" wide />
    </form>
  )
}
