import { type FormEvent, useState } from 'react'
import { t } from '../../messages.ts'
import { Button } from '../../ui/Button.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import auth from '../auth/AuthPage.module.css'
import type { Place } from './SetupScreen.tsx'
import { StepHead } from './StepHead.tsx'

interface PlaceStepProps {
  place: Place
  onChange: (part: Partial<Place>) => void
  onNext: () => void
}

export function PlaceStep({ place, onChange, onNext }: PlaceStepProps) {
  const [tried, setTried] = useState(false)
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (place.name.trim()) onNext()
  }
  return (
    <form className={auth.form} onSubmit={handleSubmit} noValidate>
      <StepHead n={1} title={t('setup.place.title')} text={t('setup.place.text')} />
      <TextField
        label={t('setup.place.name')}
        placeholder={t('setup.place.namePlaceholder')}
        maxLength={60}
        value={place.name}
        onChange={(name) => onChange({ name })}
        error={tried && !place.name.trim() ? t('field.required') : undefined}
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
