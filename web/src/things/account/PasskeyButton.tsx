import { useMutation } from '@tanstack/react-query'
import type { PasskeyProof } from '@tintype/contract'
import { Fingerprint } from 'lucide-react'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { askPasskey, wasDismissed } from './passkeys.ts'

interface PasskeyButtonProps<R> {
  label: string
  size?: 'large'
  /** Sends what the device answered. */
  send: (passkey: PasskeyProof) => Promise<R>
  onDone: (reply: R) => void
}

/** Is there whatever the browser can do, so that nothing moves; one that has no passkeys says so when it is pressed. */
export function PasskeyButton<R>({ label, size, send, onDone }: PasskeyButtonProps<R>) {
  const ask = useMutation({
    mutationFn: async () => send(await askPasskey()),
    onSuccess: onDone,
  })
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
