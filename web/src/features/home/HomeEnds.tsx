import { useInstance } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { FirstPhotograph } from '../../shell/FirstPhotograph.tsx'
import { useIsWide } from '../../shell/viewport.ts'
import { Suggestions } from '../../things/people/Suggestions.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { DryingLine } from '../../ui/drawings/DryingLine.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import styles from './HomeFeed.module.css'
import { t as words } from './messages.ts'

/** Nobody followed yet: what this place is, and people to begin with, unless the rail beside it names them. */
export function HomeEmpty() {
  const instance = useInstance()
  const wide = useIsWide()
  if (instance && instance.members_count < 2) return <FirstPhotograph text={t('home.alone')} />
  return (
    <>
      <EmptyState
        drawing={<DryingLine />}
        title={t('home.empty')}
        text={t('home.emptyText')}
        action={<ButtonLink to="/search" label={t('home.emptyAction')} tone="primary" />}
      />
      {!wide && (
        <div className={styles.people}>
          <Suggestions limit={10} />
        </div>
      )}
    </>
  )
}

export function NoFavourites() {
  return (
    <EmptyState
      drawing={<DryingLine />}
      title={words('favourites.empty')}
      text={words('favourites.emptyText')}
    />
  )
}

/** The end, said kindly. */
export function CaughtUp() {
  return <EmptyState drawing={<FilmEnd />} title={t('home.caughtUp')} text={t('home.caughtUpText')} />
}
