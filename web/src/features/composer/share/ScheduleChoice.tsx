import { WhenField } from '../../../things/scheduling/WhenField.tsx'
import { firstOffer, localOf } from '../../../things/scheduling/when.ts'
import { Switch } from '../../../ui/Switch.tsx'
import { useComposer, useDraft } from '../composer-context.ts'
import { t } from '../messages.ts'

/** Now, or at a time. */
export function ScheduleChoice() {
  const { session } = useComposer()
  const { publishAt } = useDraft()
  const choose = (next: string | null) => session.dispatch({ type: 'wrote', text: { publishAt: next } })
  return (
    <>
      <Switch
        label={t('schedule.label')}
        hint={t('schedule.hint')}
        checked={publishAt !== null}
        onChange={(on) => choose(on ? localOf(firstOffer(Date.now())) : null)}
      />
      {publishAt !== null && <WhenField value={publishAt} onChange={choose} />}
    </>
  )
}
