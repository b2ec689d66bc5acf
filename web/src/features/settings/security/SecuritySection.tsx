import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useInstance } from '../../../data/member.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import { factorsQuery } from '../../../things/account/factors-query.ts'
import styles from '../../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Passkeys } from './Passkeys.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { TotpOff, TotpOn } from './Totp.tsx'

const LinkedLogin = lazy(() => import('./LinkedLogin.tsx'))

/** What is asked for beside the password. */
export function SecuritySection() {
  const query = useQuery(factorsQuery)
  const instance = useInstance()
  const [codes, setCodes] = useState<string[] | null>(null)
  if (query.isPending) return <PeopleSkeleton rows={2} />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const factors = query.data
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />
  return (
    <div className={styles.form}>
      {factors.totp_since ? (
        <TotpOn since={factors.totp_since} codesLeft={factors.recovery_codes_left} onCodes={setCodes} />
      ) : (
        <TotpOff onCodes={setCodes} />
      )}
      <Passkeys passkeys={factors.passkeys} />
      {instance?.openid && (
        <Suspense fallback={null}>
          <LinkedLogin />
        </Suspense>
      )}
    </div>
  )
}
