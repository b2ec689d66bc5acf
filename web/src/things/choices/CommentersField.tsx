import { type Commenters, commentersChoices } from '@tintype/contract'
import { Select } from '../../ui/Select.tsx'
import { t } from './messages.ts'

const options = commentersChoices.map((value) => ({ value, label: t(`comments.${value}`) }))

interface CommentersFieldProps {
  value: Commenters
  onChange: (value: Commenters) => void
  disabled?: boolean
}

export function CommentersField(props: CommentersFieldProps) {
  return <Select {...props} label={t('comments.label')} options={options} />
}
