import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MemberHistory } from '@tintype/contract'
import { holdsRole, roles } from '@tintype/contract/core/route'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { t as words } from '../../things/reporting/messages.ts'
import { longDate } from '../../ui/relative-time.ts'
import { Select } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { ActForm } from './Decision.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { ActLine, CaseLine, StrikesNote } from './parts.tsx'
import { decided, memberQuery } from './queries.ts'

/** A member with all that is known of them here. */
export function MemberPage({ username }: { username: string }) {
  const me = useMember()
  const query = useQuery(memberQuery(username))
  if (query.isPending) return <Spinner />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const member = query.data
  const isBelow = !holdsRole(member.role, me.role) && member.user.user_id !== me.user_id
  return (
    <div className={styles.stack}>
      <div className={styles.list}>
        <p className={styles.note}>
          {t(`role.${member.role}`)} · {t('members.joined', { when: longDate(member.joined_at) })}
          {member.silenced && ` · ${words('act.silence')}`}
          {member.suspended &&
            ` · ${member.suspended_until ? t('members.until', { when: longDate(member.suspended_until) }) : words('act.suspend')}`}
        </p>
        <StrikesNote strikes={member.strikes} />
        {!member.suspended && (
          <p className={styles.note}>
            <Link to="/$username" params={{ username: member.user.username }}>
              {t('members.profile')}
            </Link>
          </p>
        )}
      </div>
      {isBelow && holdsRole(me.role, 'admin') && <RoleOf member={member} />}
      {(isBelow || me.role === 'owner') && holdsRole(me.role, 'admin') && <BadgeOf member={member} />}
      {isBelow && (
        <section className={styles.list}>
          <h2 className={styles.subtitle}>{t('case.decide')}</h2>
          <ActForm
            possible={['warn', 'silence', 'suspend']}
            first={member.strikes.suggested}
            rule="other"
            send={(body) => api.moderation.actOnMember({ params: { username }, body })}
          />
        </section>
      )}
      <section className={styles.list}>
        <h2 className={styles.subtitle}>{t('case.history')}</h2>
        {member.acts.length === 0 && <p className={styles.note}>{t('case.never')}</p>}
        {member.acts.map((act) => (
          <div key={act.act_id} className={styles.card}>
            <ActLine act={act} isFull />
          </div>
        ))}
      </section>
      {member.cases.length > 0 && (
        <section className={styles.list}>
          <h2 className={styles.subtitle}>{t('members.cases')}</h2>
          {member.cases.map((item) => (
            <div key={`${item.kind} ${item.subject_id}`} className={styles.card}>
              <CaseLine item={item} />
            </div>
          ))}
        </section>
      )}
    </div>
  )
}

/** Only what one may give. */
function RoleOf({ member }: { member: MemberHistory }) {
  const me = useMember()
  const give = useMutation({
    mutationFn: (role: MemberHistory['role']) =>
      api.moderation.giveRole({ params: { username: member.user.username }, body: { role } }),
    onSuccess: decided,
    onError: reportError,
  })
  const options = roles
    .filter((role) => !holdsRole(role, me.role))
    .map((value) => ({ value, label: t(`role.${value}`) }))
  return (
    <Select
      label={t('members.role')}
      value={member.role}
      options={options}
      disabled={give.isPending}
      onChange={(role) => give.mutate(role)}
    />
  )
}

/** Says that they are who they say they are. */
function BadgeOf({ member }: { member: MemberHistory }) {
  const give = useMutation({
    mutationFn: (verified: boolean) =>
      api.moderation.verify({ params: { username: member.user.username }, body: { verified } }),
    onSuccess: decided,
    onError: reportError,
  })
  return (
    <Switch
      label={t('members.verified')}
      hint={t('members.verifiedHint')}
      checked={member.user.is_verified}
      disabled={give.isPending}
      onChange={(verified) => give.mutate(verified)}
    />
  )
}
