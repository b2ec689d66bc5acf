import { useMutation, useQuery } from '@tanstack/react-query'
import { reportError } from '../../../data/report-error.ts'
import { Button } from '../../../ui/Button.tsx'
import { AccountRow } from './AccountRow.tsx'
import { t } from './messages.ts'
import styles from './Switcher.module.css'
import { accountsQuery, leaveAll, switchTo } from './switching.ts'

/** At the log-in: accounts that this browser is still logged in to. Nothing where there are none. */
export default function GoOnAs() {
  const { data: accounts = [], refetch } = useQuery(accountsQuery)
  const change = useMutation({
    mutationFn: switchTo,
    onError: (error) => {
      reportError(error)
      void refetch()
    },
  })
  const all = useMutation({ mutationFn: leaveAll, onSuccess: () => refetch(), onError: reportError })
  if (accounts.length === 0) return null
  return (
    <section className={styles.accounts} aria-label={t('accounts.title')}>
      <h2 className={styles.goOn}>{t('accounts.goOn')}</h2>
      <ul>
        {accounts.map((account) => (
          <AccountRow
            key={account.user.user_id}
            account={{ ...account, current: false }}
            busy={change.isPending}
            onPress={() => change.mutate(account.user.user_id)}
          />
        ))}
      </ul>
      <Button label={t('accounts.leaveAll')} wide busy={all.isPending} onPress={() => all.mutate()} />
    </section>
  )
}
