import { useMutation, useQuery } from '@tanstack/react-query'
import type { MessageSettings } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import styles from '../../things/account/Sections.module.css'
import { t } from '../../things/direct/messages.ts'
import { PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Switch } from '../../ui/Switch.tsx'

const settings = {
  queryKey: ['message-settings'],
  queryFn: () => api.messages.settings(),
}

const senders = [
  { value: 'everyone', label: t('settings.everyone'), hint: t('settings.everyoneHint') },
  { value: 'following', label: t('settings.following'), hint: t('settings.followingHint') },
] as const

/** What others learn of one, and who may write. Shown at once, and taken back where it could not be kept. */
export function MessagesSection() {
  const { data, error, refetch } = useQuery(settings)
  const change = useMutation({
    mutationFn: (body: MessageSettings) => api.messages.changeSettings({ body }),
    onSuccess: (changed) => queryClient.setQueryData(settings.queryKey, changed),
    onError: reportError,
  })
  if (error && !data) return <LoadError error={error} onRetry={refetch} />
  const shown = change.isPending ? change.variables : data
  if (!shown) return <PeopleSkeleton rows={3} />
  const set = (part: Partial<MessageSettings>) => change.mutate({ ...shown, ...part })
  return (
    <div className={styles.form}>
      <Switch
        label={t('settings.presence')}
        hint={t('settings.presenceHint')}
        checked={shown.presence}
        onChange={(presence) => set({ presence })}
      />
      <Switch
        label={t('settings.receipts')}
        hint={t('settings.receiptsHint')}
        checked={shown.read_receipts}
        onChange={(read_receipts) => set({ read_receipts })}
      />
      <Choice
        label={t('settings.who')}
        value={shown.accept_from}
        options={senders}
        onChange={(accept_from) => set({ accept_from })}
      />
    </div>
  )
}
