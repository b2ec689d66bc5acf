import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { t } from './messages.ts'

const format = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' })
export const day = (at: string): string => format.format(new Date(at))

export const LastUsed = ({ at }: { at: string | null }) =>
  at === null ? (
    t('apps.unused')
  ) : (
    <>
      {t('apps.used')} <RelativeTime at={at} />
    </>
  )
