import { useMutation } from '@tanstack/react-query'
import { limits, type Me, textLength } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { setMe, useMember } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'
import { type FormErrors, placeError } from '../../things/account/field-errors.ts'
import { t } from '../../things/account/messages.ts'
import styles from '../../things/account/Sections.module.css'
import { useErrorFocus } from '../../things/account/use-error-focus.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { toast } from '../../ui/toast.ts'
import { AvatarEditor } from './AvatarEditor.tsx'
import { t as words } from './section-messages.ts'

type Values = Pick<Me, 'username' | 'full_name' | 'bio'> & { link: string }

const fieldOf = {
  username_taken: 'username',
  username_invalid: 'username',
  username_reserved: 'username',
} as const

const valuesOf = ({ username, full_name, bio, link }: Me): Values => ({
  username,
  full_name,
  bio,
  link: link ?? '',
})

/** Adds the scheme that people leave out. */
const withScheme = (link: string) => (/^[a-z]+:/i.test(link) ? link : `https://${link}`)

export function ProfileSection() {
  const me = useMember()
  const [values, setValues] = useState(() => valuesOf(me))
  const [errors, setErrors] = useState<FormErrors<keyof Values>>({ fields: {} })
  const [failures, setFailures] = useState(0)
  const form = useErrorFocus(failures)
  const fail = (found: FormErrors<keyof Values>) => {
    setErrors(found)
    setFailures((known) => known + 1)
  }
  const save = useMutation({
    mutationFn: () => {
      const link = values.link.trim()
      return api.members.update({ body: { ...values, link: link ? withScheme(link) : null } })
    },
    onSuccess: (changed) => {
      setMe(changed)
      setValues(valuesOf(changed))
      setErrors({ fields: {} })
      void queryClient.invalidateQueries({ queryKey: ['profile'] })
      toast(words('editProfile.saved'))
    },
    onError: (error) => fail(placeError<keyof Values>(error, fieldOf)),
  })
  const set = (name: keyof Values) => (value: string) => setValues((known) => ({ ...known, [name]: value }))
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const link = values.link.trim()
    if (link && !/^https?:\/\//i.test(withScheme(link)))
      fail({ fields: { link: words('editProfile.linkBad') } })
    else save.mutate()
  }
  return (
    <form ref={form} className={styles.form} onSubmit={handleSubmit} noValidate>
      {errors.form && <FormError text={errors.form} />}
      <AvatarEditor />
      <Fields values={values} errors={errors.fields} set={set} />
      <div className={styles.start}>
        <Button label={t('action.save')} type="submit" tone="primary" busy={save.isPending} />
      </div>
    </form>
  )
}

interface FieldsProps {
  values: Values
  errors: Partial<Record<keyof Values, string>>
  set: (name: keyof Values) => (value: string) => void
}

function Fields({ values, errors, set }: FieldsProps) {
  return (
    <>
      <TextField
        label={t('field.fullName')}
        hint={t('field.fullNameHint')}
        autoComplete="name"
        maxLength={limits.fullName}
        value={values.full_name}
        onChange={set('full_name')}
        error={errors.full_name}
      />
      <TextField
        label={t('field.username')}
        hint={t('field.usernameHint')}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={limits.usernameMax}
        value={values.username}
        onChange={set('username')}
        error={errors.username}
      />
      <TextArea
        label={words('editProfile.bio')}
        maxLength={limits.bio}
        count={`${textLength(values.bio)} / ${limits.bio}`}
        value={values.bio}
        onChange={set('bio')}
        error={errors.bio}
      />
      <TextField
        label={words('editProfile.link')}
        type="url"
        inputMode="url"
        autoComplete="url"
        autoCapitalize="none"
        maxLength={200}
        placeholder={words('editProfile.linkPlaceholder')}
        value={values.link}
        onChange={set('link')}
        error={errors.link}
      />
    </>
  )
}
