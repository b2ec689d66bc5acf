import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { BROWSER_ACCOUNTS, type BrowserAccount, type UserId } from '@tintype/contract'
import { Plus } from 'lucide-react'
import { reportError } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import { Button } from '../../../ui/Button.tsx'
import Dialog from '../../../ui/DialogPanel.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { toast } from '../../../ui/toast.ts'
import { AccountRow } from './AccountRow.tsx'
import { t } from './messages.ts'
import styles from './Switcher.module.css'
import { accountsQuery, addAccount, leaveAccount, leaveAll, switchTo } from './switching.ts'

interface AccountSwitcherProps {
  open: boolean
  onClose: () => void
  /** An account was logged out: nothing of it stays on this device. */
  onLeft: (userId: UserId) => void
}

export default function AccountSwitcher({ open, onClose, onLeft }: AccountSwitcherProps) {
  const query = useQuery({ ...accountsQuery, enabled: open })
  return (
    <Dialog open={open} onClose={onClose} title={t('accounts.title')} size="small">
      {query.isPending ? (
        <Spinner />
      ) : query.isError ? (
        <LoadError error={query.error} onRetry={query.refetch} />
      ) : (
        <Accounts accounts={query.data} onClose={onClose} onLeft={onLeft} />
      )}
    </Dialog>
  )
}

function Accounts({
  accounts,
  onClose,
  onLeft,
}: Omit<AccountSwitcherProps, 'open'> & { accounts: BrowserAccount[] }) {
  const queries = useQueryClient()
  const change = useMutation({ mutationFn: switchTo, onError: handleLost })
  const add = useMutation({ mutationFn: addAccount, onError: reportError })
  const leave = useMutation({
    mutationFn: ({ user }: BrowserAccount) => leaveAccount(user.user_id),
    onSuccess: (_, { user }) => {
      onLeft(user.user_id)
      toast(t('accounts.left', { name: user.username }))
      return queries.invalidateQueries(accountsQuery)
    },
    onError: reportError,
  })
  const all = useMutation({ mutationFn: leaveAll, onSuccess: onClose, onError: reportError })
  /** Its session may have ended elsewhere: the list says what is left. */
  function handleLost(error: unknown) {
    reportError(error)
    void queries.invalidateQueries(accountsQuery)
  }
  const isFull = accounts.length >= BROWSER_ACCOUNTS
  return (
    <div className={styles.accounts}>
      <ul>
        {accounts.map((account) => (
          <AccountRow
            key={account.user.user_id}
            account={account}
            busy={change.isPending}
            onPress={() => change.mutate(account.user.user_id)}
            action={
              !account.current && (
                <Button
                  label={t('accounts.leave')}
                  describe={t('accounts.leaveOf', { name: account.user.username })}
                  size="small"
                  busy={leave.isPending && leave.variables === account}
                  onPress={() => leave.mutate(account)}
                />
              )
            }
          />
        ))}
      </ul>
      <p className={styles.note}>
        {t(isFull ? 'accounts.full' : 'accounts.addNote', { count: BROWSER_ACCOUNTS })}
      </p>
      {!isFull && (
        <Button
          label={t('accounts.add')}
          icon={Plus}
          wide
          busy={add.isPending}
          onPress={() => add.mutate()}
        />
      )}
      {accounts.length > 1 && (
        <Button
          label={t('accounts.leaveAll')}
          tone="danger"
          wide
          busy={all.isPending}
          onPress={() => all.mutate()}
        />
      )}
    </div>
  )
}
