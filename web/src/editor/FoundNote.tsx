import { t } from '../kit/messages.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'

/** Says how much can be taken, to who does not see the list. */
export function FoundNote({ found }: { found: number }) {
  return <VisuallyHidden live>{found > 0 ? t('editor.found', { count: found }) : ''}</VisuallyHidden>
}
