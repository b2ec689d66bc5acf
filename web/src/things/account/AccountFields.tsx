import { limits } from '@tintype/contract'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { t } from './messages.ts'
import { PasswordStrength } from './PasswordStrength.tsx'
import type { useRegister } from './use-register.ts'

/** Name, username, e-mail, password. */
export function AccountFields({ form }: { form: ReturnType<typeof useRegister> }) {
  const { values, errors, set } = form
  const personal = [values.username, values.full_name, values.email.split('@')[0] ?? '']
  return (
    <>
      <TextField
        label={t('field.email')}
        type="email"
        name="email"
        autoComplete="email"
        autoCapitalize="none"
        inputMode="email"
        value={values.email}
        onChange={set('email')}
        error={errors.fields.email}
      />
      <TextField
        label={t('field.fullName')}
        name="name"
        autoComplete="name"
        maxLength={limits.fullName}
        value={values.full_name}
        onChange={set('full_name')}
        error={errors.fields.full_name}
      />
      <TextField
        label={t('field.username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={limits.usernameMax}
        value={values.username}
        onChange={set('username')}
        error={errors.fields.username}
        hint={t('field.usernameHint')}
      />
      <PasswordField
        label={t('field.password')}
        name="password"
        autoComplete="new-password"
        maxLength={limits.passwordMax}
        value={values.password}
        onChange={set('password')}
        error={errors.fields.password}
        hint={<PasswordStrength password={values.password} personal={personal} />}
      />
    </>
  )
}
