import { useMutation, useQuery } from '@tanstack/react-query'
import { reportError } from '../../data/report-error.ts'
import { Switch } from '../../ui/Switch.tsx'
import { t } from './messages.ts'
import { allowReposts, repostSettings } from './reposts.ts'

export function AllowReposts() {
  const { data } = useQuery(repostSettings)
  const change = useMutation({ mutationFn: allowReposts, onError: reportError })
  return (
    <Switch
      label={t('repost.allow')}
      hint={t('repost.allowHint')}
      checked={change.isPending ? change.variables : (data?.allowed ?? true)}
      disabled={!data}
      onChange={change.mutate}
    />
  )
}
