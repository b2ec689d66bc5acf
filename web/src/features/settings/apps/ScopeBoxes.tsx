import { scopes as all, type Scope } from '@tintype/contract'
import account from '../../../things/account/Sections.module.css'
import { t as scopeText } from '../../../things/apps/messages.ts'
import styles from './Apps.module.css'
import { t } from './messages.ts'

interface ScopeBoxesProps {
  label: string
  value: readonly Scope[]
  onChange: (scopes: Scope[]) => void
  /** Whether none was chosen where one has to be. */
  missing: boolean
}

export function ScopeBoxes({ label, value, onChange, missing }: ScopeBoxesProps) {
  const toggle = (scope: Scope, on: boolean) =>
    onChange(all.filter((one) => (one === scope ? on : value.includes(one))))
  return (
    <fieldset className={styles.boxes}>
      <legend className={account.legend}>{label}</legend>
      {all.map((scope) => (
        <label key={scope} className={styles.box}>
          <input
            type="checkbox"
            checked={value.includes(scope)}
            onChange={(event) => toggle(scope, event.target.checked)}
          />
          <span>
            {scopeText(`scope.${scope}`)} <span className={styles.detail}>({scope})</span>
          </span>
        </label>
      ))}
      {missing && (
        <p role="alert" className={styles.error}>
          {t('scopes.none')}
        </p>
      )}
    </fieldset>
  )
}
