import { useMutation } from '@tanstack/react-query'
import type { PasskeyProof } from '@tintype/contract'
import { Fingerprint } from 'lucide-react'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { askPasskey, canUsePasskeys, wasDismissed } from './passkeys.ts'

interface PasskeyButtonProps<R> {
  label: string
  size?: 'large'
  /** Sends what the device answered. */
  send: (passkey: PasskeyProof) => Promise<R>
  onDone: (reply: R) => void
}

/** Nothing where the browser has no passkeys. */
export function PasskeyButton<R>({ label, size, send, onDone }: PasskeyButtonProps<R>) {
  const ask = useMutation({
    mutationFn: async () => send(await askPasskey()),
    onSuccess: onDone,
  })
  if (!canUsePasskeys()) return null
  return (
    <>
      {ask.error && !wasDismissed(ask.error) && <FormError text={errorText(ask.error)} />}
      <Button
        label={label}
        icon={Fingerprint}
        wide
        {...(size ? { size } : {})}
        busy={ask.isPending}
        onPress={() => ask.mutate()}
      />
    </>
  )
}
