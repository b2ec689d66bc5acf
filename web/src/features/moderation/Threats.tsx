import { useMutation, useQuery } from '@tanstack/react-query'
import type { AbusePattern } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './Moderation.module.css'
import { MemberLink } from './parts.tsx'
import { decided, threatsQuery } from './queries.ts'
import { t } from './security-messages.ts'

/** For so many days an address is denied by one press. */
const DAYS = 7

/** Who does what people do not, and whether log-in or registration are attacked. */
export function Threats() {
  const { data } = useQuery(threatsQuery)
  const deny = useMutation({
    mutationFn: ({ kind, address }: AbusePattern) =>
      api.security.addAddress({
        body: { list: 'deny', range: address ?? '', days: DAYS, note: t(`pattern.${kind}`) },
      }),
    onSuccess: () => {
      toast(t('threats.denied', { days: String(DAYS) }))
      return decided()
    },
    onError: reportError,
  })
  if (!data) return null
  const { login_attacked_until, register_attacked_until, patterns } = data
  return (
    <>
      <h2 className={styles.subtitle}>{t('threats.title')}</h2>
      {login_attacked_until && <p className={styles.title}>{t('threats.login')}</p>}
      {register_attacked_until && <p className={styles.title}>{t('threats.register')}</p>}
      {patterns.length === 0 && <p className={styles.note}>{t('threats.none')}</p>}
      <ul className={styles.list}>
        {patterns.map((pattern) => (
          <li key={`${pattern.kind} ${pattern.address} ${pattern.first_at}`} className={styles.card}>
            <div className={styles.row}>
              <div className={styles.text}>
                <p className={styles.title}>{t(`pattern.${pattern.kind}`)}</p>
                <p className={styles.note}>
                  {pattern.member && (
                    <>
                      <MemberLink user={pattern.member} /> ·{' '}
                    </>
                  )}
                  {pattern.address ?? t('threats.many')} · {t('threats.seen', { count: pattern.seen })} ·{' '}
                  <RelativeTime at={pattern.last_at} />
                </p>
              </div>
              {pattern.address !== null &&
                (pattern.is_denied ? (
                  <p className={styles.note}>{t('addresses.deny')}</p>
                ) : (
                  <Button
                    label={t('threats.deny')}
                    describe={t('threats.denyOf', { address: pattern.address, days: String(DAYS) })}
                    size="small"
                    onPress={() => deny.mutate(pattern)}
                  />
                ))}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
