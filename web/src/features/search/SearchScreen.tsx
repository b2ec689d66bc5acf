import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { t } from '../../kit/messages.ts'
import narrow from '../../shell/Narrow.module.css'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { useIsPhone } from '../../shell/viewport.ts'
import { Suggestions } from '../../things/people/Suggestions.tsx'
import { isComposing } from '../../ui/composing.ts'
import { Loupe } from '../../ui/drawings/Loupe.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Results } from './Results.tsx'
import styles from './SearchScreen.module.css'
import { tagOf } from './tag-of.ts'

const PAUSE_MS = 160

/** What is typed goes into the address, so that going back finds it again. */
export default function SearchScreen() {
  const { q = '' } = useSearch({ from: '/frame/member/search' })
  const navigate = useNavigate()
  const router = useRouter()
  const phone = useIsPhone()
  const [text, setText] = useState(q)
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = text.trim()
      // A result was followed meanwhile: its screen may still be loading.
      const leaving = router.latestLocation.pathname !== '/search'
      if (next !== q && !leaving)
        void navigate({ to: '/search', search: next ? { q: next } : {}, replace: true })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, q, navigate, router])
  const tag = tagOf(text)
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !isComposing(event) && text.trim().startsWith('#') && tag)
      void navigate({ to: '/tags/$tag', params: { tag } })
  }
  return (
    <div className={narrow.screen}>
      <ScreenHead title={t('search.title')} />
      <div className={styles.field}>
        <SearchField
          label={t('search.label')}
          value={text}
          onChange={setText}
          onKeyDown={handleKey}
          autoFocus={!phone}
        />
      </div>
      <div className={styles.results}>
        {q && <Results q={q} />}
        {!text.trim() && <Idle />}
      </div>
    </div>
  )
}

function Idle() {
  return (
    <>
      <EmptyState drawing={<Loupe />} title={t('search.idle')} text={t('search.idleText')} />
      <Suggestions limit={10} />
    </>
  )
}
