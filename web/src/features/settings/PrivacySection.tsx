import { useMutation } from '@tanstack/react-query'
import type { Me } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { setMe, useMember } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { toast } from '../../ui/toast.ts'
import { t as words } from './section-messages.ts'

/** Going private happens at once; going public shows everything to everybody, so it is asked for. */
export function PrivacySection() {
  const me = useMember()
  const [asking, setAsking] = useState(false)
  const change = useMutation({
    mutationFn: (privacy_level: Me['privacy_level']) => api.members.update({ body: { privacy_level } }),
    onSuccess: (changed) => {
      setMe(changed)
      toast(changed.is_private ? words('privacy.madePrivate') : words('privacy.madePublic'))
    },
    onError: reportError,
    onSettled: () => setAsking(false),
  })
  const shown = change.isPending ? change.variables === 'private' : me.is_private
  return (
    <>
      <Switch
        label={words('privacy.private')}
        hint={words('privacy.privateHint')}
        checked={shown}
        disabled={change.isPending}
        onChange={(wanted) => (wanted ? change.mutate('private') : setAsking(true))}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words('privacy.publicTitle')}
        text={words('privacy.publicText')}
        action={words('privacy.publicAction')}
        busy={change.isPending}
        onConfirm={() => change.mutate('public')}
      />
    </>
  )
}
