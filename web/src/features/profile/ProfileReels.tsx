import { useMemo } from 'react'
import type { UserEntity } from '../../data/entities/types.ts'
import { openComposer } from '../../shell/composer-slot.ts'
import { t } from '../../things/reels/messages.ts'
import { ReelGrid } from '../../things/reels/ReelGrid.tsx'
import { reelsOf } from '../../things/reels/reel-lists.ts'
import { Button } from '../../ui/Button.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** A member's reels, by their posters. */
export default function ProfileReels({ user }: { user: UserEntity }) {
  const { username: name, is_self } = user
  const list = useMemo(() => reelsOf(name), [name])
  return (
    <ReelGrid
      label={t('reels.of', { name })}
      list={list}
      among={{ by: name }}
      empty={
        <EmptyState
          drawing={<FilmEnd />}
          title={t('reels.empty')}
          text={is_self ? t('reels.emptyOwn') : t('reels.emptyOf', { name })}
          action={
            is_self ? (
              <Button label={t('reels.make')} tone="primary" onPress={() => openComposer()} />
            ) : undefined
          }
        />
      }
    />
  )
}
