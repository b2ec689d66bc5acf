import { Copy } from 'lucide-react'
import auth from '../../things/account/AuthPage.module.css'
import { Invitations } from '../../things/account/Invitations.tsx'
import { t } from '../../things/account/messages.ts'
import { copyText } from '../../things/post/share.ts'
import { Button } from '../../ui/Button.tsx'
import type { Place } from './place.ts'
import styles from './StepHead.module.css'
import { StepHead } from './StepHead.tsx'

/** Hands out the address, or codes, to the first people. */
export function InviteStep({ place, onNext }: { place: Place; onNext: () => void }) {
  const byCode = place.registration === 'invitation'
  const address = new URL('/signup', location.origin).href
  return (
    <div className={auth.form}>
      <StepHead
        n={4}
        of={4}
        title={t('setup.invite.title')}
        text={byCode ? t('setup.invite.byCode') : t('setup.invite.open')}
      />
      {byCode ? (
        <Invitations bare />
      ) : (
        <div className={styles.address}>
          <p>{address}</p>
          <Button
            label={t('community.copyInvite')}
            icon={Copy}
            size="small"
            onPress={() => void copyText(address)}
          />
        </div>
      )}
      <Button label={t('setup.next')} tone="primary" size="large" wide onPress={onNext} />
    </div>
  )
}
