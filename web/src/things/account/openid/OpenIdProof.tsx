import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../../data/client.ts'
import { useInstance } from '../../../data/member.ts'
import { errorText } from '../../../data/report-error.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { leaveFor } from './journey.ts'
import { t } from './messages.ts'
import { ownOpenIdQuery } from './own-query.ts'

/** The proof of who has no password: they come back to where they are, proven. */
export default function OpenIdProof() {
  const name = useInstance()?.openid?.name ?? ''
  const { data: own } = useQuery(ownOpenIdQuery)
  const begin = useMutation({
    mutationFn: () => api.openId.beginProof(),
    onSuccess: ({ url }) => leaveFor(url, { purpose: 'prove', to: location.pathname + location.search }),
  })
  if (!own?.linked_at) return null
  return (
    <>
      {begin.error && <FormError text={errorText(begin.error)} />}
      <Button
        label={t('proof.by', { name })}
        wide
        busy={begin.isPending || begin.isSuccess}
        onPress={() => begin.mutate()}
      />
    </>
  )
}
