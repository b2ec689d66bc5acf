import { useMutation } from '@tanstack/react-query'
import type { Me } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { setMe, useMember } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { toast } from '../../ui/toast.ts'

/** Going private happens at once; going public shows everything to everybody, so it is asked for. */
export function PrivacySection() {
  const me = useMember()
  const [asking, setAsking] = useState(false)
  const change = useMutation({
    mutationFn: (privacy_level: Me['privacy_level']) => api.members.update({ body: { privacy_level } }),
    onSuccess: (changed) => {
      setMe(changed)
      toast(changed.is_private ? t('privacy.madePrivate') : t('privacy.madePublic'))
    },
    onError: reportError,
    onSettled: () => setAsking(false),
  })
  const shown = change.isPending ? change.variables === 'private' : me.is_private
  return (
    <>
      <Switch
        label={t('privacy.private')}
        hint={t('privacy.privateHint')}
        checked={shown}
        disabled={change.isPending}
        onChange={(wanted) => (wanted ? change.mutate('private') : setAsking(true))}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('privacy.publicTitle')}
        text={t('privacy.publicText')}
        action={t('privacy.publicAction')}
        busy={change.isPending}
        onConfirm={() => change.mutate('public')}
      />
    </>
  )
}
