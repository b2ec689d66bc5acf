import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { smallestUrl, type WholeCase } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { t as words } from '../../things/reporting/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Decision } from './Decision.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { ActLine, MemberLink, Quote, Reasons, StrikesNote } from './parts.tsx'
import { moderationPath } from './paths.ts'
import { type CaseName, caseQuery, decided } from './queries.ts'
import { Scores } from './Scores.tsx'
import { SpamReasons } from './SpamReasons.tsx'

/** One case: what it is, who said what of it, what was done before, and what is to be done now. */
export function CasePage({ name }: { name: CaseName }) {
  const query = useQuery(caseQuery(name))
  if (query.isPending) return <Spinner />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const found = query.data
  return (
    <div className={styles.stack}>
      <Head found={found} name={name} />
      <Thing found={found} />
      <Reports found={found} />
      {found.alike.length > 0 && <Alike alike={found.alike} />}
      {found.scores.length > 0 && <Scores scores={found.scores} />}
      {found.spam && <SpamReasons spam={found.spam} />}
      {found.state === 'open' && <Decision found={found} name={name} />}
      <section className={styles.list}>
        <h2 className={styles.subtitle}>{t('case.history')}</h2>
        {found.strikes && <StrikesNote strikes={found.strikes} />}
        {found.acts.length === 0 && <p className={styles.note}>{t('case.never')}</p>}
        {found.acts.map((act) => (
          <div key={act.act_id} className={styles.card}>
            <ActLine act={act} />
          </div>
        ))}
      </section>
    </div>
  )
}

function Head({ found, name }: { found: WholeCase; name: CaseName }) {
  const isTaken = found.assignee !== null
  const assign = useMutation({
    mutationFn: () => api.moderation.assign({ params: name, body: { mine: !isTaken } }),
    onSuccess: decided,
    onError: reportError,
  })
  return (
    <div className={styles.list}>
      <p className={styles.title}>
        {words(`kind.${found.kind}`)} · <MemberLink user={found.member} />
      </p>
      <Reasons reasons={found.reasons} />
      {found.assignee && (
        <p className={styles.note}>{t('queue.takenBy', { name: found.assignee.username })}</p>
      )}
      <p className={styles.buttons}>
        <Button
          label={isTaken ? t('case.leave') : t('case.take')}
          size="small"
          busy={assign.isPending}
          onPress={() => assign.mutate()}
        />
      </p>
    </div>
  )
}

function Thing({ found }: { found: WholeCase }) {
  const { now, kind, excerpt } = found
  if (kind === 'message') return <p className={styles.note}>{t('case.private')}</p>
  const hasChanged = excerpt !== '' && now?.text !== undefined && !now.text.startsWith(excerpt.slice(0, 80))
  return (
    <section className={styles.list}>
      <h2 className={styles.subtitle}>{t('case.now')}</h2>
      {now ? (
        <>
          {now.media.length > 0 && (
            <div className={styles.pictures}>
              {now.media.map((media) => (
                <a key={media.media_id} href={media.url} target="_blank" rel="noreferrer">
                  <img src={smallOf(media)} alt={media.alt_text || t('case.now')} />
                </a>
              ))}
            </div>
          )}
          <Quote text={now.text} />
          {now.removed && <p className={styles.note}>{t('case.removed')}</p>}
          {now.sensitive && <p className={styles.note}>{t('case.sensitive')}</p>}
          <p className={styles.buttons}>
            <a href={now.address} className={styles.note}>
              {t('case.open')}
            </a>
          </p>
        </>
      ) : (
        <p className={styles.note}>{t('case.gone')}</p>
      )}
      {(!now || hasChanged) && (
        <>
          <h2 className={styles.subtitle}>{t('case.then')}</h2>
          <Quote text={excerpt} />
        </>
      )}
    </section>
  )
}

/** The second smallest is enough for a look; a press shows it whole. */
const smallOf = (media: Parameters<typeof smallestUrl>[0]): string => {
  const [, second] = media.variants.toSorted((a, b) => a.width - b.width)
  return second?.url ?? smallestUrl(media)
}

function Alike({ alike }: Pick<WholeCase, 'alike'>) {
  return (
    <section className={styles.list}>
      <h2 className={styles.subtitle}>{t('case.alike')}</h2>
      {alike.map(({ kind, subject_id, rule, removed_at, thumbnail }) => (
        <Link
          key={subject_id}
          to={moderationPath}
          params={{ section: 'cases', of: kind, id: subject_id }}
          className={classes(styles.card, styles.row)}
        >
          {thumbnail && <img className={styles.thumb} src={thumbnail} alt="" />}
          <span className={styles.text}>
            <span className={styles.title}>{words(`rule.${rule}`)}</span>
            <span className={styles.note}>
              <RelativeTime at={removed_at} />
            </span>
          </span>
        </Link>
      ))}
    </section>
  )
}

function Reports({ found }: { found: WholeCase }) {
  return (
    <section className={styles.list}>
      <h2 className={styles.subtitle}>{t('case.reports')}</h2>
      {found.reports.map((report) => (
        <div key={`${report.created_at} ${report.reporter?.user_id}`} className={styles.card}>
          <p className={styles.title}>{words(`rule.${report.reason}`)}</p>
          <Quote text={report.note} />
          {report.copy.map((said) => (
            <div key={said.sent_at}>
              <p className={styles.note}>
                {said.sender?.username ?? t('mod.gone')} · <RelativeTime at={said.sent_at} />
                {said.reported && ` · ${t('case.reported')}`}
                {said.attachments > 0 && ` · ${t('case.attachments', { count: said.attachments })}`}
              </p>
              <Quote text={said.text} marked={said.reported} />
            </div>
          ))}
          <p className={styles.note}>
            {report.automatic ? t('case.automatic') : <MemberLink user={report.reporter} />} ·{' '}
            <RelativeTime at={report.created_at} />
            {!report.is_open && ` · ${t('case.closed')}`}
          </p>
        </div>
      ))}
    </section>
  )
}
