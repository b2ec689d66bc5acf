import { useMutation, useQuery } from '@tanstack/react-query'
import type { AddressFile, AddressRule } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { longDate } from '../../ui/relative-time.ts'
import { Entry, NewEntry } from './entries.tsx'
import styles from './Moderation.module.css'
import { addressesQuery, decided } from './queries.ts'
import { t } from './security-messages.ts'

const lists = (['deny', 'allow'] as const).map((value) => ({ value, label: t(`addresses.${value}`) }))

const labels = {
  kind: t('addresses.list'),
  value: t('addresses.range'),
  days: t('addresses.days'),
  note: t('addresses.why'),
  add: t('addresses.add'),
}

/** Who is always let in, and who is not answered. */
export function AddressRules() {
  const { data } = useQuery(addressesQuery)
  return (
    <>
      <h2 className={styles.subtitle}>{t('addresses.title')}</h2>
      <p className={styles.note}>
        {t('addresses.note')} {data && t('addresses.yours', { address: data.your_address })}
      </p>
      {data?.file && <File {...data.file} />}
      {data && <Rules rules={data.rules} />}
      <NewEntry
        kinds={lists}
        first="deny"
        labels={labels}
        add={(list, range, rest) => api.security.addAddress({ body: { list, range, ...rest } })}
      />
    </>
  )
}

function File({ path, rules, problem }: AddressFile) {
  if (problem !== null) return <FormError text={t('addresses.fileProblem', { path, problem })} />
  return <p className={styles.note}>{t('addresses.file', { count: rules, path })}</p>
}

function Rules({ rules }: { rules: readonly AddressRule[] }) {
  const remove = useMutation({
    mutationFn: (rule_id: AddressRule['rule_id']) => api.security.removeAddress({ params: { rule_id } }),
    onSuccess: decided,
    onError: reportError,
  })
  if (rules.length === 0) return <p className={styles.note}>{t('addresses.none')}</p>
  return (
    <ul className={styles.list}>
      {rules.map(({ rule_id, list, range, note, expires_at }) => (
        <Entry
          key={rule_id}
          title={range}
          note={
            <>
              {t(`addresses.${list}`)}
              {expires_at && ` ${t('addresses.ends', { when: longDate(expires_at) })}`}
              {note && ` · ${note}`}
            </>
          }
          end={
            <Button
              label={t('addresses.remove')}
              describe={t('addresses.removeOf', { range })}
              size="small"
              onPress={() => remove.mutate(rule_id)}
            />
          }
        />
      ))}
    </ul>
  )
}
