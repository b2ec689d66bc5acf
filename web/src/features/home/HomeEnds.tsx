import { t } from '../../messages.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { DryingLine } from '../../ui/drawings/DryingLine.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Suggestions } from '../people/Suggestions.tsx'

/** Nobody followed yet: what this place is, and people to begin with. */
export function HomeEmpty() {
  return (
    <>
      <EmptyState
        drawing={<DryingLine />}
        title={t('home.empty')}
        text={t('home.emptyText')}
        action={<ButtonLink to="/search" label={t('home.emptyAction')} tone="primary" />}
      />
      <Suggestions limit={10} />
    </>
  )
}

/** The end, said kindly. */
export function CaughtUp() {
  return <EmptyState drawing={<FilmEnd />} title={t('home.caughtUp')} text={t('home.caughtUpText')} />
}
