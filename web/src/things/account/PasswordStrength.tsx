import { limits } from '@tintype/contract'
import { t } from './messages.ts'
import styles from './PasswordStrength.module.css'
import { passwordStrength } from './password-strength.ts'

const words = ['password.0', 'password.1', 'password.2', 'password.3', 'password.4'] as const

/** Four bars and a word under the field of a new password. */
export function PasswordStrength({ password, personal }: { password: string; personal?: readonly string[] }) {
  if (!password) return <>{t('password.advice')}</>
  const strength = passwordStrength(password, personal)
  const text =
    strength === 0
      ? t('password.short', { min: limits.passwordMin })
      : t('password.strength', { word: t(words[strength]) })
  return (
    <span className={styles.strength} data-strength={strength}>
      <span className={styles.bars} aria-hidden="true">
        <span />
        <span />
        <span />
        <span />
      </span>
      {text}
    </span>
  )
}
