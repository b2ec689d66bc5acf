import { useMutation } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { api } from '../../../data/client.ts'
import { errorText } from '../../../data/report-error.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { leaveFor } from './journey.ts'
import { t } from './messages.ts'

/** To the place where members can log in as well. */
export function OpenIdButton({ name, to = '/' }: { name: string; to?: string | undefined }) {
  const begin = useMutation({
    mutationFn: () => api.openId.begin(),
    onSuccess: ({ url }) => leaveFor(url, { purpose: 'login', to }),
  })
  return (
    <>
      {begin.error && <FormError text={errorText(begin.error)} />}
      <Button
        label={t('openid.logIn', { name })}
        icon={Building2}
        size="large"
        wide
        busy={begin.isPending || begin.isSuccess}
        onPress={() => begin.mutate()}
      />
    </>
  )
}
