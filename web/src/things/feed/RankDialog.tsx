import { useQuery } from '@tanstack/react-query'
import { type FeedWeights, feedLimits, type RankReason } from '@tintype/contract'
import { useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { changeWeights, rankReasonQuery, weightsQuery } from './choices.ts'
import { t } from './messages.ts'
import styles from './RankDialog.module.css'

interface RankDialogProps {
  post: PostEntity
  open: boolean
  onClose: () => void
}

/** What a post's place in the home feed comes of, and how much of it counts. */
export function RankDialog({ post, open, onClose }: RankDialogProps) {
  return (
    <Dialog title={t('rank.title')} open={open} onClose={onClose}>
      <Reason post={post} />
      <Weights />
    </Dialog>
  )
}

function Reason({ post }: { post: PostEntity }) {
  const { data, error, refetch } = useQuery(rankReasonQuery(post.post_id))
  const name = useUser(post.user_id)?.username ?? ''
  if (error) return <LoadError error={error} onRetry={refetch} />
  if (!data) return <Spinner label={t('rank.title')} />
  return (
    <>
      {data.hashtag && <p>{t('rank.hashtag', { tag: data.hashtag })}</p>}
      <p className={styles.note}>{t('rank.note', { points: points(sumOf(data.points)) })}</p>
      <dl className={styles.parts}>
        {partsOf(data, name).map(({ label, value }) => (
          <div key={label} className={styles.part}>
            <dt>{label}</dt>
            <dd>{points(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

const partsOf = (
  { points, likes_count, comments_count, reposts_count, interactions }: RankReason,
  name: string,
) => [
  {
    label: t('rank.popularity', { likes: likes_count, comments: comments_count, reposts: reposts_count }),
    value: points.popularity,
  },
  { label: t('rank.affinity', { name, count: interactions }), value: points.affinity },
  { label: t('rank.recency'), value: points.recency },
]
const sumOf = ({ popularity, affinity, recency }: RankReason['points']) => popularity + affinity + recency
const points = (value: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(value)

const parts = ['popularity', 'affinity', 'recency'] as const
const usual: FeedWeights = { popularity: 100, affinity: 100, recency: 100 }

function Weights() {
  const { data = usual } = useQuery(weightsQuery)
  const [drawn, setDrawn] = useState<FeedWeights | null>(null)
  const weights = drawn ?? data
  const save = (next: FeedWeights) => {
    setDrawn(null)
    void changeWeights(next)
  }
  return (
    <fieldset className={styles.weights}>
      <legend>{t('rank.weights')}</legend>
      {parts.map((part) => (
        <Slider
          key={part}
          label={t(`rank.weights.${part}`)}
          value={weights[part]}
          min={feedLimits.weightLeast}
          max={feedLimits.weightMost}
          step={25}
          origin={100}
          text={`× ${points(weights[part] / 100)}`}
          onChange={(value) => setDrawn({ ...weights, [part]: value })}
          onRest={() => drawn && save(drawn)}
        />
      ))}
      <Button label={t('rank.reset')} onPress={() => save(usual)} />
    </fieldset>
  )
}
