import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { t as frame } from '../../kit/messages.ts'
import wide from '../../shell/Narrow.module.css'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { useIsPhone } from '../../shell/viewport.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { isComposing } from '../../ui/composing.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Found, type Tab, tabs } from './Found.tsx'
import { t } from './messages.ts'
import { moveAmongResults } from './move-among-results.ts'
import { Recents } from './Recents.tsx'
import styles from './SearchScreen.module.css'
import { keepRecent } from './search-lists.ts'
import { tagOf } from './tag-of.ts'

/** Milliseconds without a key, until it is asked. */
const PAUSE_MS = 120

/** What is typed goes into the address, so that going back finds it again. */
export default function SearchScreen() {
  const { q, tab, text, setText, open } = useSearched()
  const navigate = useNavigate()
  const phone = useIsPhone()
  const handleFieldKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isComposing(event)) return
    const tag = tagOf(text)
    if (text.trim().startsWith('#') && tag) void navigate({ to: '/tags/$tag', params: { tag } })
    else if (text.trim()) {
      keepRecent({ q: text.trim() })
      open(text, tab)
    }
  }
  return (
    <search className={wide.screen} onKeyDown={moveAmongResults}>
      <ScreenHead
        title={t('search.title')}
        // A phone's bar has no place for it.
        end={phone && <ButtonLink to="/explore" label={frame('nav.explore')} icon={Compass} tone="quiet" />}
      />
      <div className={styles.field}>
        <SearchField
          label={t('search.label')}
          value={text}
          onChange={setText}
          onKeyDown={handleFieldKey}
          autoFocus={!phone}
        />
      </div>
      {q && (
        <Tabs
          label={t('search.tabs')}
          value={tab}
          onChange={(next) => open(text, next)}
          tabs={tabs.map((value) => ({ value, label: t(`search.${value}`) }))}
        >
          <div data-results>
            <Found q={q} tab={tab} />
          </div>
        </Tabs>
      )}
      {!q && !text.trim() && (
        <div data-results className={styles.idle}>
          <Recents
            onSearch={(next) => {
              keepRecent({ q: next })
              setText(next)
              open(next, 'top')
            }}
          />
        </div>
      )}
    </search>
  )
}

/** The text in the field, and what the address says is searched for: it follows the text, and the text follows it. */
function useSearched() {
  const { q = '', tab: asked } = useSearch({ from: '/frame/member/search' })
  const tab: Tab = tabs.find((one) => one === asked) ?? 'top'
  const navigate = useNavigate()
  const router = useRouter()
  const [text, setText] = useState(q)
  const sent = useRef(q)
  const open = (next: string, nextTab: Tab) => {
    const trimmed = next.trim().slice(0, 500)
    sent.current = trimmed
    const search = { ...(trimmed ? { q: trimmed } : {}), ...(nextTab === 'top' ? {} : { tab: nextTab }) }
    void navigate({ to: '/search', search, replace: true })
  }
  useEffect(() => {
    // A place was followed, or somebody went back.
    if (q !== sent.current) setText(q)
    sent.current = q
  }, [q])
  const latest = useRef(open)
  latest.current = open
  useEffect(() => {
    const timer = setTimeout(() => {
      // A result was followed meanwhile: its screen may still be loading.
      const leaving = router.latestLocation.pathname !== '/search'
      if (text.trim().slice(0, 500) !== sent.current && !leaving) latest.current(text, tab)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, tab, router])
  return { q, tab, text, setText, open }
}
