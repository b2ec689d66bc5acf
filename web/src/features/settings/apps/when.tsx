import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { t } from './messages.ts'

export const LastUsed = ({ at }: { at: string | null }) =>
  at === null ? (
    t('apps.unused')
  ) : (
    <>
      {t('apps.used')} <RelativeTime at={at} />
    </>
  )
