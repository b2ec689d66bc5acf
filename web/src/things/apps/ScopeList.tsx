import type { Scope } from '@tintype/contract'
import { Bell, Eye, MessageCircle, PenLine, ShieldCheck, UserPlus } from 'lucide-react'
import { t } from './messages.ts'
import styles from './Scopes.module.css'

const looks = {
  read: Eye,
  write: PenLine,
  follow: UserPlus,
  messages: MessageCircle,
  push: Bell,
  moderation: ShieldCheck,
}

/** What is asked for, in plain words. */
export function ScopeList({ scopes, label }: { scopes: readonly Scope[]; label: string }) {
  return (
    <ul className={styles.scopes} aria-label={label}>
      {scopes.map((scope) => {
        const Icon = looks[scope]
        return (
          <li key={scope} className={styles.scope}>
            <Icon aria-hidden size={20} strokeWidth={1.9} />
            <div>
              <p className={styles.name}>{t(`scope.${scope}`)}</p>
              <p className={styles.hint}>{t(`scope.${scope}Hint`)}</p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** The same in one line. */
export const scopesText = (scopes: readonly Scope[]): string =>
  scopes.map((scope) => t(`scope.${scope}`)).join(' · ')
