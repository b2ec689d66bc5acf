import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { limits, type SensitiveLevel, textLength, type ViewingChoices } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { queryClient } from '../../../data/query-client.ts'
import { reportError } from '../../../data/report-error.ts'
import { t as shared } from '../../../kit/messages.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import styles from '../../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { toast } from '../../../ui/toast.ts'
import { linesOf } from '../lines.ts'
import { t } from './messages.ts'

const viewingQuery = queryOptions({ queryKey: ['viewing'], queryFn: () => api.viewing.get() })

const levels = (['more', 'standard', 'less'] as const).map((value) => ({
  value,
  label: t(`viewing.${value}`),
  hint: t(`viewing.${value}Hint`),
}))

async function changeViewing(body: Partial<ViewingChoices>): Promise<void> {
  queryClient.setQueryData(viewingQuery.queryKey, await api.viewing.change({ body }))
  // Lists were read by the old choice.
  void queryClient.invalidateQueries({ queryKey: ['posts'] })
}

/** What one comes across: sensitive posts, and words that one does not want to read. */
export function ViewingSection() {
  const { data, error, refetch } = useQuery(viewingQuery)
  const change = useMutation({
    mutationFn: (sensitive: SensitiveLevel) => changeViewing({ sensitive }),
    onError: reportError,
  })
  if (error && !data) return <LoadError error={error} onRetry={refetch} />
  if (!data) return <PeopleSkeleton rows={3} />
  return (
    <div className={styles.form}>
      <Choice
        label={t('viewing.sensitive')}
        value={change.isPending ? change.variables : data.sensitive}
        options={levels}
        onChange={change.mutate}
      />
      <p className={styles.note}>{t('viewing.sensitiveText')}</p>
      <MutedWords known={data.muted_words} />
    </div>
  )
}

function MutedWords({ known }: { known: readonly string[] }) {
  const [text, setText] = useState(known.join('\n'))
  const lines = linesOf(text)
  const { filteredWords: count, filteredWord: length } = limits
  const fits = lines.length <= count && lines.every((line) => textLength(line) <= length)
  const save = useMutation({
    mutationFn: () => changeViewing({ muted_words: lines }),
    onSuccess: () => toast(t('viewing.saved')),
    onError: reportError,
  })
  return (
    <>
      <TextArea
        label={t('viewing.words')}
        hint={t('viewing.wordsHint')}
        error={fits ? undefined : t('viewing.tooMany', { count, length })}
        value={text}
        onChange={setText}
      />
      <span className={styles.start}>
        <Button
          label={shared('action.save')}
          tone="ink"
          busy={save.isPending}
          disabled={!fits || lines.join('\n') === known.join('\n')}
          onPress={() => save.mutate()}
        />
      </span>
    </>
  )
}
